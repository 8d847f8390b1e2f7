import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type CommandResult, notemill, withDirectory } from "../../../tests/support/cli.ts";

const NOTEBOOK = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } },
  cells: [
    {
      id: "c0",
      cell_type: "code",
      metadata: { tags: ["parameters"] },
      source: "alpha = 0.1",
      execution_count: null,
      outputs: [],
    },
  ],
});

/** Sweeps a notebook that declares `alpha`; gives what was said and the files that are there then. */
async function sweep(...words: readonly string[]): Promise<CommandResult & { files: readonly string[] }> {
  return withDirectory(async (directory) => {
    await writeFile(join(directory, "in.ipynb"), NOTEBOOK);
    const result = await notemill(["sweep", "in.ipynb", ...words], { cwd: directory });
    return { ...result, files: (await readdir(directory)).sort() };
  });
}

describe("notemill sweep", () => {
  it("warns of an unknown parameter once, and not once a run", async () => {
    const { exitCode, stderr, files } = await sweep("--grid", "alhpa=1,2,3", "-j", "1");
    expect(
      stderr.match(
        /warning: Passed unknown parameter: alhpa; did you mean alpha\? \(PARAMETER_UNKNOWN_NAME\)/g,
      ),
    ).toHaveLength(1);
    expect(exitCode).toBe(0);
    expect(files).toEqual(["in-sweep", "in.ipynb"]);
  });

  it("is strict where it is asked to be, and starts nothing", async () => {
    const { exitCode, stderr, files } = await sweep("--grid", "alfa=1,2", "--grid", "n=1,2", "--strict");
    expect(stderr).toBe(
      "notemill: Passed unknown parameter: alfa; did you mean alpha? (and n) (PARAMETERS_UNKNOWN)\n",
    );
    expect({ exitCode, files }).toEqual({ exitCode: 1, files: ["in.ipynb"] });
    const good = await sweep("--grid", "alpha=1,2", "--strict", "-j", "1", "--output", "table.csv");
    expect(good).toMatchObject({ exitCode: 0, files: ["in-sweep", "in.ipynb", "table.csv"] });
    expect(good.stderr).toMatch(/^wrote table\.csv$/m);
  });

  it("refuses to write over the notebooks of another sweep, unless it is told to", async () => {
    await withDirectory(async (directory) => {
      await writeFile(join(directory, "in.ipynb"), NOTEBOOK);
      const run = (...words: string[]) =>
        notemill(["sweep", "in.ipynb", "-j", "1", ...words], { cwd: directory });
      expect((await run("--grid", "alpha=1")).exitCode).toBe(0);
      const { exitCode, stderr, stdout } = await run("--grid", "alpha=2,3");
      expect([exitCode, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(
        /^notemill: ".*in-sweep\/001\.ipynb" is there already.*--continue.*--force.*\(SWEEP_OUTPUT_EXISTS\)/,
      );
      expect(await readdir(join(directory, "in-sweep"))).toEqual(["001.ipynb"]);
      expect((await run("--grid", "alpha=2,3", "--force")).exitCode).toBe(0);
      expect(await readdir(join(directory, "in-sweep"))).toEqual(["001.ipynb", "002.ipynb"]);
    });
  });

  it.each([
    ["no values", ["--grid", "alpha="], "SWEEP_INVALID"],
    ["no name", ["--grid", "0.2"], "SWEEP_INVALID"],
    ["a range without a step", ["--grid", "alpha=0.2..0.4"], "SWEEP_INVALID"],
    ["a list that is not closed", ["--grid", "alpha=[1}"], "SWEEP_INVALID"],
    ["lists of two lengths", ["--grid", "alpha=1,2", "--grid", "b=1,2,3", "--zip"], "SWEEP_INVALID"],
    ["too many runs", ["--grid", "alpha=1..100000"], "SWEEP_TOO_LARGE"],
    ["one path for two runs", ["--grid", "alpha=1,2", "--output-path", "out.ipynb"], "SWEEP_PATHS_CLASH"],
    ["a path of no parameter", ["--grid", "alpha=1", "--output-path", "{beta}.ipynb"], "PARAMETER_MISSING"],
    [
      "a path that is no template",
      ["--grid", "alpha=1", "--output-path", "{.ipynb"],
      "PATH_TEMPLATE_INVALID",
    ],
    ["no grid", [], "USAGE_INVALID"],
    ["no runs at once", ["--grid", "alpha=1", "-j", "0"], "USAGE_INVALID"],
  ])("refuses %s with exit code 2, and runs nothing", async (_what, words, code) => {
    const { exitCode, stderr, files } = await sweep(...words);
    expect(stderr).toMatch(new RegExp(`^notemill: .* \\(${code}\\)\\nsee: notemill sweep --help\\n$`));
    expect(exitCode).toBe(2);
    expect(files).toEqual(["in.ipynb"]);
  });
});
