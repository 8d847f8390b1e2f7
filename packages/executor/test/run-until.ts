import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { type Clock, runNotebook, type RunNotebookOptions, systemClock } from "@notemill/executor";
import { type Notebook, readNotebook } from "@notemill/nbformat";
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
export async function runUntil(
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

/** Expects a run to end at the first event of this type, whose listener throws, with a final file and nothing left open. */
export async function expectEndAt(type: string): Promise<void> {
  const notebook = pythonNotebook(code("print(1)"), code("while True: pass"));
  const { files, saved, heard } = await runUntil(type, notebook);
  expect(files).toEqual(["out.ipynb"]);
  expect(saved).toMatchObject({ status: "failed", failure: { code: "RUN_FAILED" } });
  expect(heard.at(-1)).toBe(type);
}
