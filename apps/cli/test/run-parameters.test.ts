import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { notemill, withDirectory } from "../../../tests/support/cli.ts";

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

/** Prepares a notebook that declares `alpha`; gives what was said and the files that are there then. */
async function prepare(...words: readonly string[]) {
  return withDirectory(async (directory) => {
    await writeFile(join(directory, "in.ipynb"), NOTEBOOK);
    const command = ["run", "in.ipynb", "out.ipynb", "--prepare-only", "--log-level", "WARNING", ...words];
    const { exitCode, stderr } = await notemill(command, { cwd: directory });
    return { exitCode, stderr, files: (await readdir(directory)).sort() };
  });
}

describe("notemill run with a name that the notebook does not declare", () => {
  const files = ["in.ipynb", "out.ipynb"];

  it("warns with the name that was probably meant, and the code", async () => {
    const line =
      "notemill: warning: Passed unknown parameter: alfa; did you mean alpha? (PARAMETER_UNKNOWN_NAME)\n";
    expect(await prepare("-p", "alfa", "0.3")).toEqual({ exitCode: 0, stderr: line, files });
  });

  it("logs papermill's words with --compat", async () => {
    const { stderr } = await prepare("-p", "x1", "0.3", "--compat");
    expect(stderr).toBe("Passed unknown parameter: x1\n");
  });

  it("refuses it with --strict, and writes nothing", async () => {
    const stderr = "notemill: Passed unknown parameter: alfa; did you mean alpha? (PARAMETERS_UNKNOWN)\n";
    expect(await prepare("-p", "alfa", "0.3", "--strict")).toEqual({
      exitCode: 1,
      stderr,
      files: ["in.ipynb"],
    });
    expect(await prepare("-p", "alpha", "0.3", "--strict")).toEqual({ exitCode: 0, stderr: "", files });
  });
});
