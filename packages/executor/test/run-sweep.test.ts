import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runSweep, type SweepEvent } from "@notemill/executor";
import { readNotebook } from "@notemill/nbformat";
import { code, pythonNotebook } from "../testing/notebooks.ts";
import { withDirectory } from "../testing/run.ts";

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
});
