import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { notemill, NOTEMILL, startCommand, withDirectory } from "../support/cli.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { allGone } from "../support/processes.ts";

/** What an output notebook says of its run, its cells and its streams. */
export async function readOutput(
  path: string,
): Promise<{ status: string; cells: string; text: string; journal: boolean }> {
  const notebook = JSON.parse(await readFile(path, "utf8")) as {
    metadata: { notemill: { status: string } };
    cells: { metadata: { papermill?: { status: string } }; outputs?: { text?: string[] }[] }[];
  };
  return {
    status: notebook.metadata.notemill.status,
    cells: notebook.cells.map(({ metadata }) => metadata.papermill?.status ?? "marker").join(" "),
    text: notebook.cells.flatMap(({ outputs = [] }) => outputs.flatMap(({ text = [] }) => text)).join(""),
    journal: await readFile(join(path, "..", ".out.ipynb.journal")).then(
      () => true,
      () => false,
    ),
  };
}

/** Code that prints for ever. */
export const COUNTING =
  "import time\ni = 0\nwhile True:\n    print('tick', i, flush=True)\n    i += 1\n    time.sleep(0.001)";

/** Kills the command when it has said this, and looks at what it leaves. */
export async function killCommand(moment: string): Promise<void> {
  await withDirectory(async (directory) => {
    await writeNotebook(join(directory, "in.ipynb"), ["x = 1", COUNTING, "print('never')"]);
    const mark = { NOTEMILL_TEST_MARK: directory };
    const command = startCommand(NOTEMILL, ["run", "in.ipynb", "out.ipynb", "--log-output"], {
      cwd: directory,
      env: mark,
    });
    await command.said(moment);
    command.process.kill("SIGKILL");
    await command.result;
    await allGone("NOTEMILL_TEST_MARK", directory);

    const output = join(directory, "out.ipynb");
    const before = await readOutput(output);
    expect(before.status).toBe("running");
    const doctor = await notemill(["doctor", output]);
    expect(doctor.stdout).toContain("RUN_LOST");
    const after = await readOutput(output);
    expect(after.status).toBe("lost");
    expect(after.cells).toMatch(
      /^(marker completed marker failed pending|pending pending pending|marker marker failed pending pending)$/,
    );
    expect(after.text.startsWith(before.text)).toBe(true);
  });
}
