import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Clock, runNotebook, type RunNotebookOptions, systemClock } from "@notemill/executor";
import { type Notebook, readNotebook } from "@notemill/nbformat";
import { type Location, openLocation, StorageError } from "@notemill/storage";
import { code, pythonNotebook } from "../testing/notebooks.ts";
import { withDirectory } from "../testing/run.ts";

/** The system's clock, which knows how many calls it owes. */
function countingClock(): Clock & { readonly waiting: () => number } {
  const waiting = new Set<symbol>();
  return {
    now: systemClock.now,
    after(ms, callback) {
      const call = Symbol("call");
      waiting.add(call);
      const cancel = systemClock.after(ms, () => {
        waiting.delete(call);
        callback();
      });
      return () => {
        waiting.delete(call);
        cancel();
      };
    },
    waiting: () => waiting.size,
  };
}

/** Runs a notebook whose listener throws at the first event of this type; gives what is left of the run. */
async function runUntil(
  type: string,
  notebook: Notebook,
  options: Partial<RunNotebookOptions> = {},
): Promise<{
  readonly files: readonly string[];
  readonly saved: unknown;
  readonly heard: readonly string[];
}> {
  const mistake = new TypeError("a mistake in the listener");
  const clock = countingClock();
  const heard: string[] = [];
  return withDirectory(async (directory) => {
    const run = runNotebook({
      inputPath: "in.ipynb",
      outputPath: join(directory, "out.ipynb"),
      source: { notebook, sha256: "0".repeat(64), warnings: [] },
      saveIntervalMs: 1,
      runTimeoutMs: 600_000,
      ...options,
      clock,
      onEvent(event) {
        heard.push(event.type);
        if (event.type === type) throw mistake;
      },
    });
    await expect(run).rejects.toBe(mistake);
    expect(clock.waiting()).toBe(0);
    const text = await readFile(join(directory, "out.ipynb"), "utf8");
    const saved = readNotebook(text, { newId: () => "new" }).notebook.metadata["notemill"];
    return { files: await readdir(directory), saved, heard };
  });
}

describe("a listener that throws", () => {
  it.each(["run-started", "kernel-ready", "cell-started", "cell-output", "cell-finished"])(
    "ends the run at %s, with a final file and nothing left open",
    async (type) => {
      const notebook = pythonNotebook(code("print(1)"), code("while True: pass"));
      const { files, saved, heard } = await runUntil(type, notebook);
      expect(files).toEqual(["out.ipynb"]);
      expect(saved).toMatchObject({ status: "failed", failure: { code: "RUN_FAILED" } });
      expect(heard.at(-1)).toBe(type);
    },
  );

  it("leaves the file of a run that is over as it is", async () => {
    const { files, saved } = await runUntil("run-finished", pythonNotebook(code("print(1)")));
    expect(files).toEqual(["out.ipynb"]);
    expect(saved).toMatchObject({ status: "succeeded" });
  });

  it("makes a run fail whose last cell it heard of", async () => {
    const { saved } = await runUntil("cell-finished", pythonNotebook(code("print(1)")));
    expect(saved).toMatchObject({ status: "failed", failure: { code: "RUN_FAILED" } });
  });

  it("ends the run at a warning that comes from a save in the background", async () => {
    let isFirst = true;
    const openFlaky = (path: string): Location => {
      const location = openLocation(path);
      return new Proxy(location, {
        get(target, key) {
          if (key !== "write" || !isFirst) return Reflect.get(target, key, target) as unknown;
          isFirst = false;
          return () => Promise.reject(new StorageError("STORAGE_FULL", "the disk is full"));
        },
      });
    };
    const { saved, heard } = await runUntil("run-warned", pythonNotebook(code("while True: pass")), {
      openLocation: openFlaky,
    });
    expect(heard.at(-1)).toBe("run-warned");
    expect(saved).toMatchObject({ status: "failed", failure: { code: "RUN_FAILED" } });
  });

  it("keeps no kernel that nobody could take up", async () => {
    const { saved } = await runUntil("cell-output", pythonNotebook(code("print(1)")), {
      keepKernelMs: 60_000,
    });
    expect(saved).not.toHaveProperty("kernel");
  });
});
