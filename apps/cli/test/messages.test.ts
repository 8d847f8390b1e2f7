import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { NOTEMILL, notemill, startCommand, withDirectory } from "../../../tests/support/cli.ts";

/** Runs the command in an empty directory; gives exit code and standard error as one text. */
async function said(...words: readonly string[]): Promise<string> {
  return withDirectory(async (directory) => {
    const { exitCode, stderr } = await notemill(words, { cwd: directory });
    return `${exitCode} ${stderr}`;
  });
}

describe("what is wrong", () => {
  it("is said of a kept kernel that is not there without its directory", async () => {
    expect(await said("kernels", "--stop", "nosuch")).toBe(
      '1 notemill: no kept kernel has the id "nosuch"; notemill kernels lists those that are alive (KERNEL_HOST_NOT_FOUND)\n',
    );
  });

  it("is explained by its code, and a code that there is not is nearly known", async () => {
    const { stdout } = await notemill(["explain", "kernel_died"]);
    expect(stdout).toMatch(/^KERNEL_DIED\n\n\w/);
    expect((await notemill(["explain"])).stdout).toMatch(/^CELL_FAILED\n/);
    expect(await said("explain", "KERNEL_DYED")).toContain("did you mean KERNEL_DIED?");
  });

  it("is said of a directory that is not there", async () => {
    expect(await said("scraps", "nosuchdir")).toBe(
      "1 notemill: nosuchdir is left out: there is no such notebook or directory (STORAGE_NOT_FOUND)\n",
    );
  });

  it("is said of a run to go on with, whose one path is not its own input", async () => {
    const [first, second] = (await said("run", "--resume", "nosuch.ipynb")).split("\n");
    expect(first).toBe("1 Going on with: nosuch.ipynb");
    expect(second).toMatch(/no such file.*\(STORAGE_NOT_FOUND\)$/);
  });

  it("is said of a notebook that no run made, without a command that reads what it writes", async () => {
    await withDirectory(async (directory) => {
      const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] };
      await writeFile(join(directory, "in.ipynb"), JSON.stringify(notebook));
      const { stderr } = await notemill(["run", "--resume", "in.ipynb"], { cwd: directory });
      expect(stderr).toMatch(/; run the notebook that it was made from anew \(RESUME_NOT_POSSIBLE\)\n$/);
    });
  });

  it.each([
    [["--hlep"], '2 notemill: no such command: "--hlep"; did you mean --help? (USAGE_INVALID)\n'],
    [
      ["kernels", "--hlep"],
      "2 notemill: no such option: --hlep; did you mean --help? (USAGE_INVALID)\nsee: notemill kernels --help\n",
    ],
  ])("is said of %j", async (words, expected) => {
    expect(await said(...words)).toBe(expected);
  });

  it("is said of a file that holds no token, without what it holds", async () => {
    await withDirectory(async (directory) => {
      await writeFile(join(directory, "key.pem"), "a secret\nof two lines\n");
      const words = ["runs", "list", "--server", "http://127.0.0.1:1", "--token-file", "key.pem"];
      const { exitCode, stderr } = await notemill(words, { cwd: directory });
      expect([exitCode, stderr.split("\n")[0]]).toEqual([
        2,
        'notemill: the file "key.pem" holds no token, which is one line of ASCII characters (USAGE_INVALID)',
      ]);
    });
  });

  it("is said of a server that is not there, with what helps, as the command was typed", async () => {
    await withDirectory(async (directory) => {
      await writeFile(join(directory, "token"), "0123456789abcdef\n");
      await symlink(NOTEMILL, join(directory, "notemill"));
      const words = ["runs", "list", "--server", "http://127.0.0.1:1", "--token-file", "token"];
      const typed = await startCommand("./notemill", words, { cwd: directory }).result;
      expect(typed.stderr).toMatch(
        /^notemill: cannot reach the server at http:\/\/127\.0\.0\.1:1: .*; start one with \.\/notemill serve, or name .* with --server URL or \$NOTEMILL_SERVER \(SERVER_UNREACHABLE\)\n$/,
      );
      expect((await notemill(words, { cwd: directory })).stderr).toContain(
        "start one with notemill serve, or",
      );
    });
  });

  it.each([["--cwd", "x"], ["--kernel", "python3"], ["--prepare-only"]])(
    "is said of %s for a run that is gone on with, which has it already",
    async (...words) => {
      expect(await said("run", "--resume", "out.ipynb", ...words)).toBe(
        `2 notemill: --resume goes on in the kernel that was kept, as the run was started, with its working directory; leave ${words[0]} out (USAGE_INVALID)\nsee: notemill run --help\n`,
      );
    },
  );

  it("is said of a kernel, with the one that was meant", async () => {
    await withDirectory(async (directory) => {
      const notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [] };
      await writeFile(join(directory, "in.ipynb"), JSON.stringify(notebook));
      const words = ["run", "in.ipynb", "out.ipynb", "--kernel", "pyhton3"];
      const { stderr } = await notemill(words, { cwd: directory });
      expect(stderr).toMatch(/did you mean python3\? \(KERNELSPEC_NOT_FOUND\)\n$/);
    });
  });
});

describe("notemill help", () => {
  const shown = async (...words: readonly string[]): Promise<string> => (await notemill(words)).stdout;

  it.each([["run"], ["runs"], ["runs", "submit"]])("tells of %s %s", async (...words) => {
    const help = await shown("help", ...words);
    expect(help).toMatch(/^Usage: notemill /);
    expect(help).toBe(await shown(...words, "--help"));
  });

  it("tells of no command that is not there", async () => {
    expect(await said("help", "rnu")).toContain('no such command: "rnu"; did you mean run?');
  });
});

describe("notemill completions bash", () => {
  let script: string;
  beforeAll(async () => {
    ({ stdout: script } = await notemill(["completions", "bash"]));
  });

  /** What bash offers where the last of these words is to be completed. */
  async function offered(...words: readonly string[]): Promise<readonly string[]> {
    const ask = `${script}
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_notemill
printf '%s\\n' "\${COMPREPLY[@]}"`;
    return withDirectory(async (directory) => {
      await writeFile(join(directory, "python.ipynb"), "");
      await mkdir(join(directory, "bin"));
      const args = ["-c", ask, "bash", NOTEMILL, ...words];
      const { stdout } = await startCommand("/bin/bash", args, { cwd: directory }).result;
      return stdout.split("\n").filter(Boolean).sort();
    });
  }

  it.each([
    ["kernels behind --kernel", ["run", "--kernel", "pyth"], ["python3"]],
    ["kernels behind -k of a sweep", ["sweep", "-k", "pyth"], ["python3"]],
    ["kernels behind an equals sign", ["run", "--kernel", "=", "pyth"], ["python3"]],
    ["the values of a choice", ["scraps", "--format", "pa"], ["parquet"]],
    ["files elsewhere", ["run", "pyth"], ["python.ipynb"]],
    ["options", ["kernels", "--na"], ["--names"]],
    ["commands", ["swe"], ["sweep"]],
  ])("offers %s", async (_what, words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });
});
