import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { runSweep, type SweepEvent } from "@notemill/executor";
import { createKernelPool } from "@notemill/kernel";
import { readNotebook } from "@notemill/nbformat";
import { code, pythonNotebook } from "../testing/notebooks.ts";
import { printed, withDirectory } from "../testing/run.ts";

describe("runSweep", () => {
  it("ends the runs under way before it throws what nobody expected", async () => {
    await withDirectory(async (directory) => {
      const seen: string[] = [];
      const sweep = runSweep({
        inputPath: "in.ipynb",
        outputPath: join(directory, "{index}.ipynb"),
        source: {
          notebook: pythonNotebook(code("n = 0", ["parameters"]), code("while n == 0: pass")),
          sha256: "0".repeat(64),
          warnings: [],
        },
        parameterSets: [0, 1, 2, 3].map((n) => new Map([["n", n]])),
        concurrency: 2,
        onEvent(event: SweepEvent) {
          if (event.type === "child-event") return;
          const state = event.type === "child-finished" ? event.child.state : "started";
          seen.push(`${event.index} ${state}`);
          if (event.index === 2) throw new TypeError("a mistake in the listener");
        },
      });

      await expect(sweep).rejects.toThrow(new TypeError("a mistake in the listener"));
      expect(seen).toEqual(["0 started", "1 started", "1 succeeded", "2 started", "0 cancelled"]);
      const saved = readNotebook(await readFile(join(directory, "1.ipynb"), "utf8"), { newId: () => "new" });
      expect(saved.notebook.metadata["notemill"]).toMatchObject({ status: "cancelled" });
    });
  });

  it("forks kernels into a working directory that is given relative to that of the process", async () => {
    await withDirectory(async (directory) => {
      await using pool = createKernelPool();
      const outcome = await runSweep({
        inputPath: "in.ipynb",
        outputPath: join(directory, "{n}.ipynb"),
        // From the root, where fork servers are, this leads nowhere.
        cwd: "packages/executor",
        source: {
          notebook: pythonNotebook(code("n = 0", ["parameters"]), code("import os; print(os.getcwd())")),
          sha256: "0".repeat(64),
          warnings: [],
        },
        parameterSets: [0, 1].map((n) => new Map([["n", n]])),
        concurrency: 1,
        startKernel: pool.acquire,
      });

      expect(outcome.succeeded).toBe(true);
      expect(pool.stats().acquired).toMatchObject({ forked: 2, cold: 0 });
      const saved = readNotebook(await readFile(join(directory, "1.ipynb"), "utf8"), { newId: () => "new" });
      expect(printed(saved.notebook)).toContain(`${resolve("packages/executor")}\n`);
    });
  });
});
