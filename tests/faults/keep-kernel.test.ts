import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { type CommandOptions, notemill, startCommand, withDirectory } from "../support/cli.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { allGone, processesWith, signalIfThere } from "../support/processes.ts";

const PEERS = resolve(process.env["NOTEMILL_PEERS_VENV"] ?? ".venv-peers");

/** Asks a kernel for the value of an expression, as `jupyter console --existing` would connect to it. */
const ASK = `
import sys
from jupyter_client import BlockingKernelClient
client = BlockingKernelClient(connection_file=sys.argv[1])
client.load_connection_file()
client.start_channels()
client.wait_for_ready(timeout=60)
reply = client.execute_interactive("", user_expressions={"value": sys.argv[2]}, silent=True, timeout=60)
print(reply["content"]["user_expressions"]["value"]["data"]["text/plain"])
`;

interface KeptNotebook {
  readonly metadata: {
    readonly notemill: { readonly status: string; readonly kernel?: { readonly connection_file: string } };
  };
}

async function readOutput(path: string): Promise<KeptNotebook> {
  return JSON.parse(await readFile(path, "utf8")) as KeptNotebook;
}

/** What `notemill kernels` says of the kernel that was kept for a run in a directory. */
async function keptFor(
  directory: string,
  at: CommandOptions,
): Promise<{ readonly hostId: string; readonly death: object | null } | undefined> {
  const { kept } = JSON.parse((await notemill(["kernels", "--json"], at)).stdout) as {
    kept: { hostId: string; cwd: string; death: object | null }[];
  };
  return kept.find(({ cwd }) => cwd === directory);
}

it("a failed run's kernel is looked into, mended and gone on with, and then it ends", async () => {
  await withDirectory(async (directory) => {
    const at = { cwd: directory, env: { NOTEMILL_TEST_MARK: directory } };
    await writeNotebook(join(directory, "in.ipynb"), ["x = 40", "y = x + missing", "print('result', y)"]);
    const failed = await notemill(["run", "in.ipynb", "out.ipynb", "--keep-kernel", "10m"], at);
    expect(failed.exitCode).toBe(1);

    const output = join(directory, "out.ipynb");
    const { metadata } = await readOutput(output);
    const file = metadata.notemill.kernel?.connection_file ?? "";
    expect(failed.stderr).toContain(`jupyter console --existing ${file}`);
    const asked = await startCommand(join(PEERS, "bin", "python"), ["-c", ASK, file, "x + 1"]).result;
    expect(asked.stdout.trim(), asked.stderr).toBe("41");

    await writeFile(output, (await readFile(output, "utf8")).replaceAll("y = x + missing", "y = x + 2"));
    const resumed = await notemill(["run", "--resume", "out.ipynb"], at);
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    const text = await readFile(output, "utf8");
    expect(text).toContain("result 42");
    expect(text).not.toContain("papermill-error-cell");
    expect((await readOutput(output)).metadata.notemill).toMatchObject({ status: "succeeded" });
    await allGone("NOTEMILL_TEST_MARK", directory);
  });
});

it("keeps a kernel whose working directory is given relative to that of the command", async () => {
  await withDirectory(async (directory) => {
    const at = { cwd: directory, env: { NOTEMILL_TEST_MARK: directory } };
    const inside = join(directory, "inside");
    await mkdir(inside);
    await writeNotebook(join(directory, "in.ipynb"), ["missing"]);
    const words = ["run", "in.ipynb", "out.ipynb", "--cwd", "inside", "--keep-kernel", "10m"];
    const failed = await notemill(words, at);
    expect(failed.stderr).toContain("jupyter console --existing");

    const kept = await keptFor(inside, at);
    expect(kept).toMatchObject({ death: null });
    await notemill(["kernels", "--stop", kept?.hostId ?? ""], at);
    await allGone("NOTEMILL_TEST_MARK", directory);
  });
});

it("what is in an Output widget stays there when a run is gone on with", async () => {
  await withDirectory(async (directory) => {
    const at = { cwd: directory, env: { NOTEMILL_TEST_MARK: directory, NOTEMILL_VENV: PEERS } };
    const begin = "import ipywidgets\nout = ipywidgets.Output()\nwith out: print('first')";
    const sources = [begin, "1 / 0", "with out: print('second')", "print(len(out.outputs))"];
    await writeNotebook(join(directory, "in.ipynb"), sources);
    await notemill(["run", "in.ipynb", "out.ipynb", "--keep-kernel", "10m"], at);

    const output = join(directory, "out.ipynb");
    await writeFile(output, (await readFile(output, "utf8")).replaceAll("1 / 0", "1 / 1"));
    const resumed = await notemill(["run", "--resume", "out.ipynb"], at);
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    expect(await readFile(output, "utf8")).toContain(String.raw`"text": "first\nsecond\n"`);
    await allGone("NOTEMILL_TEST_MARK", directory);
  });
});

it("a run whose kernel is gone is refused, with the command that runs it anew", async () => {
  await withDirectory(async (directory) => {
    const at = { cwd: directory, env: { NOTEMILL_TEST_MARK: directory } };
    await writeNotebook(join(directory, "in.ipynb"), ["1 / 0"]);
    await mkdir(join(directory, "the data"));
    const words = [
      "run",
      "in.ipynb",
      "out.ipynb",
      "--keep-kernel",
      "10m",
      "--cwd",
      "the data",
      "-p",
      "a",
      "1",
    ];
    const failed = await notemill(words, { ...at, env: { ...at.env, PATH: "/nowhere" } });
    expect(failed.stderr).toContain("jupyter console is not installed here; it comes with:  pip install");
    const before = await readFile(join(directory, "out.ipynb"), "utf8");
    const id = (await keptFor(join(directory, "the data"), at))?.hostId ?? "";
    expect((await notemill(["kernels", "--stop", id], at)).exitCode).toBe(0);
    await allGone("NOTEMILL_TEST_MARK", directory);

    const resumed = await notemill(["run", "--resume", "out.ipynb"], at);
    expect(resumed.exitCode).toBe(1);
    expect(resumed.stderr).toContain(
      "run it anew, with the parameters that it had: notemill run in.ipynb out.ipynb --cwd 'the data' (RESUME_NOT_POSSIBLE)",
    );
    expect(await readFile(join(directory, "out.ipynb"), "utf8")).toBe(before);
  });
});

it("a kernel that has died is not said to live on", async () => {
  await withDirectory(async (directory) => {
    const at = { cwd: directory, env: { NOTEMILL_TEST_MARK: directory } };
    await writeNotebook(join(directory, "in.ipynb"), ["import os", "os._exit(3)"]);
    const failed = await notemill(["run", "in.ipynb", "out.ipynb", "--keep-kernel", "10m"], at);
    expect(failed.exitCode).toBe(138);
    expect(failed.stderr).not.toContain("lives on");
    const { notemill: run } = (await readOutput(join(directory, "out.ipynb"))).metadata;
    expect(run).toMatchObject({ status: "failed", failure: { code: "KERNEL_DIED" } });
    expect(run.kernel).toBeUndefined();
    await allGone("NOTEMILL_TEST_MARK", directory);
  });
});

it("a run whose kernel has died in its host is refused too, and the host ends", async () => {
  await withDirectory(async (directory) => {
    const at = { cwd: directory, env: { NOTEMILL_TEST_MARK: directory } };
    await writeNotebook(join(directory, "in.ipynb"), ["1 / 0"]);
    await notemill(["run", "in.ipynb", "out.ipynb", "--keep-kernel", "10m"], at);
    const before = await readFile(join(directory, "out.ipynb"), "utf8");
    for (const pid of await processesWith("NOTEMILL_TEST_MARK", directory)) signalIfThere(pid, "SIGKILL");
    while ((await keptFor(directory, at))?.death === null);

    const resumed = await notemill(["run", "--resume", "out.ipynb"], at);
    expect(resumed.exitCode).toBe(1);
    expect(resumed.stderr).toContain("its kernel has died (SIGKILL)");
    expect(resumed.stderr).toContain("RESUME_NOT_POSSIBLE");
    expect(await readFile(join(directory, "out.ipynb"), "utf8")).toBe(before);
    expect(await keptFor(directory, at)).toBeUndefined();
  });
});
