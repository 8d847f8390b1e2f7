import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withDirectory } from "../support/cli.ts";
import { measured } from "../support/measure.ts";
import { LARGE_NOTEBOOKS, manyCells, SHARE, writeParts } from "./large-notebooks.ts";

/** The soak has the rest of the large notebooks. */
describe("a notebook of 200 MB", () => {
  it.each([
    ["printed text", undefined],
    ["tiny cells", "NOTEBOOK_TOO_COMPLEX"],
  ])("full of %s is written or refused (%s), in bounded memory", async (full, code) => {
    await withDirectory(async (directory) => {
      const input = join(directory, "in.ipynb");
      const output = join(directory, "out.ipynb");
      const size = writeParts(input, (LARGE_NOTEBOOKS[full] ?? manyCells)());
      expect(size).toBeGreaterThan(150);

      for (const args of [
        ["run", input, output, "--prepare-only"],
        ["inspect", input],
      ]) {
        const result = await measured(args);
        expect(result.peakMb, args[0]).toBeLessThan(size * SHARE);
        expect(result.exitCode, result.stderr).toBe(code === undefined ? 0 : 1);
        if (code !== undefined) expect(result.stderr).toContain(`(${code})\n`);
      }
    });
  });
});

it("a notebook of 20,000 cells is run", async () => {
  await withDirectory(async (directory) => {
    const input = join(directory, "in.ipynb");
    writeParts(input, manyCells(20_000));
    const result = await measured(["run", input, join(directory, "out.ipynb"), "--no-progress-bar"]);
    expect(result).toMatchObject({ exitCode: 0 });
    expect(result.peakMb).toBeLessThan(400);
  });
});
