import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NOTEMILL, type RunningCommand, startCommand, withDirectory } from "../support/cli.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { allGone, processesWith } from "../support/processes.ts";
import { COUNTING, killCommand, readOutput } from "./kill-command.ts";

describe("kill -9 of the command", () => {
  it("leaves a valid notebook that doctor turns into the truth, and no process", () =>
    killCommand("tick 50\n"));
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
