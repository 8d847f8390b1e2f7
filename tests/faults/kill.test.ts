import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { notemill, NOTEMILL, type RunningCommand, startCommand, withDirectory } from "../support/cli.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { allGone, processesWith } from "../support/processes.ts";

/** What an output notebook says of its run, its cells and its streams. */
async function readOutput(
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

const COUNTING =
  "import time\ni = 0\nwhile True:\n    print('tick', i, flush=True)\n    i += 1\n    time.sleep(0.001)";

describe("kill -9 of the command", () => {
  it.each(["tick 0\n", "tick 50\n", "tick 400\n", "tick 1500\n"])(
    "leaves a valid notebook that doctor turns into the truth, and no process (after %j)",
    async (moment) => {
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
    },
  );
});

describe("kill -9 of the kernel", () => {
  it("ends the run at once with the output so far, and exit code 138", async () => {
    await withDirectory(async (directory) => {
      await writeNotebook(join(directory, "in.ipynb"), [
        "import os\nprint('pid', os.getpid(), flush=True)",
        COUNTING,
      ]);
      const command = startCommand(NOTEMILL, ["run", "in.ipynb", "out.ipynb", "--json"], {
        cwd: directory,
        env: { NOTEMILL_TEST_MARK: directory },
      });
      await command.said("tick 20\\n");
      process.kill(await kernelPid(command), "SIGKILL");
      const { exitCode } = await command.result;
      expect(exitCode).toBe(138);
      await allGone("NOTEMILL_TEST_MARK", directory);
      const { status, cells, text } = await readOutput(join(directory, "out.ipynb"));
      expect({ status, cells }).toEqual({ status: "failed", cells: "marker completed marker failed" });
      expect(text).toContain("tick 20\n");
    });
  });
});

/** The id of the kernel that a command has started. */
async function kernelPid(command: RunningCommand): Promise<number> {
  const [pid] = await processesWith("JPY_PARENT_PID", String(command.process.pid));
  if (pid === undefined) throw new Error("no kernel of the command was found");
  return pid;
}

describe("signals", () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("%s interrupts, saves and exits %i", async (signal, exitCode) => {
    await withDirectory(async (directory) => {
      await writeNotebook(join(directory, "in.ipynb"), ["x = 1", COUNTING]);
      const command = startCommand(NOTEMILL, ["run", "in.ipynb", "out.ipynb", "--log-output"], {
        cwd: directory,
        env: { NOTEMILL_TEST_MARK: directory },
      });
      await command.said("tick 20\n");
      command.process.kill(signal);
      expect((await command.result).exitCode).toBe(exitCode);
      await allGone("NOTEMILL_TEST_MARK", directory);
      const { status, cells, journal } = await readOutput(join(directory, "out.ipynb"));
      expect({ status, cells, journal }).toEqual({
        status: "cancelled",
        cells: "marker completed marker failed",
        journal: false,
      });
    });
  });
});
