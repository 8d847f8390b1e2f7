import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, UV } from "../requirements.ts";
import { notemill } from "../support/cli.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, startPlatform, statuses, type TestPlatform } from "../support/platform.ts";

/** `six` is one small file, and of this version in no other environment. */
const SCRIPT = '# /// script\n# requires-python = ">=3.9"\n# dependencies = ["six==1.16.0"]\n# ///\n';
const SHOW = "import six, sys\nprint('six', six.__version__, sys.prefix)";

describeWith(UV, "environments", () => {
  let directory: string;
  let platform: TestPlatform;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "notemill-environments-"));
    await mkdir(join(directory, "home"));
    platform = await startPlatform(directory);
    await writeNotebook(join(directory, "home", "declares.ipynb"), ["x = 1", `${SCRIPT}${SHOW}`]);
    await writeNotebook(join(directory, "home", "plain.ipynb"), ["x = 1", SHOW]);
    await writeFile(join(directory, "requirements.txt"), "six==1.16.0\n");
  });
  afterAll(async () => {
    await platform?.[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const command = (...words: readonly string[]): ReturnType<typeof notemill> =>
    notemill(words, { env: platform.env, cwd: directory });
  const builtIn = (): string => join(platform.dataDirectory, "environments", "built");
  const manifestOf = async (id: string): Promise<{ environment: Record<string, unknown> }> => {
    const bytes = await platform.client.getRecordFile(id, { attempt: 1, name: "manifest.json" });
    return JSON.parse(Buffer.from(bytes).toString("utf8")) as { environment: Record<string, unknown> };
  };

  it("that a notebook declares are locked, built once, recorded, and the same for every process", async () => {
    const { client } = platform;
    const submitted = await command("runs", "submit", "~/declares.ipynb", "--environment", "auto");
    expect(submitted).toMatchObject({ exitCode: 0, stderr: "" });
    const id = submitted.stdout.trim();
    expect(statuses(await follow(client, id))).toBe("queued starting running succeeded");
    const output = Buffer.from(await client.getNotebook(id)).toString("utf8");
    const [digest = ""] = await readdir(builtIn());
    expect(output).toContain(`six 1.16.0 ${join(builtIn(), digest)}`);
    const { environment } = await manifestOf(id);
    expect(environment).toMatchObject({
      name: "auto",
      is_locked: true,
      digest,
      python: expect.stringMatching(/^3\.\d+$/) as string,
    });
    // The lock itself is in the source, by the hash that the record has.
    const { source_hash: hash, attempts } = await client.getRun(id);
    expect(attempts[0]?.environment).toEqual(environment);
    const source = await readFile(
      join(platform.dataDirectory, "sources", "lists", hash.slice(0, 2), `${hash}.json`),
      "utf8",
    );
    expect((JSON.parse(source) as { environment: object }).environment).toMatchObject({
      name: "auto",
      digest,
      lock: expect.stringMatching(/^six==1\.16\.0 \\\n +--hash=sha256:/m) as string,
    });
    expect(await client.verifyRecords({ run: id })).toMatchObject({ problems: [] });

    // The same packages by another way, on the command line, without a server: nothing is built.
    const made = await command("environments", "create", "small", "--from", "requirements.txt");
    expect(made).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^small {2}Python 3\.\d+, \d+ packages/) as string,
    });
    const out = join(directory, "out.ipynb");
    const local = await command(
      "run",
      join(directory, "home", "plain.ipynb"),
      out,
      "--environment",
      "small",
      "--no-progress-bar",
    );
    expect(local).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining("building") as string });
    expect(await readFile(out, "utf8")).toContain(`six 1.16.0 ${join(builtIn(), digest)}`);
    expect(await readdir(builtIn())).toEqual([digest]);
    expect(await readdir(join(platform.dataDirectory, "environments"))).not.toContain(
      expect.stringMatching(/^building/),
    );
  });

  it("with names are made, built and looked at through the server, with why one cannot be built", async () => {
    const { client } = platform;
    const server = ["--server", platform.url, "--token-file", join(platform.dataDirectory, "token")];
    const environments = (...words: readonly string[]): ReturnType<typeof notemill> =>
      command("environments", ...words, ...server);
    // The lock of the first test, by another name: it is built.
    expect(await environments("create", "remote", "--from", "requirements.txt")).toMatchObject({
      exitCode: 0,
    });
    expect(await client.getEnvironment("remote")).toMatchObject({
      state: "built",
      from: "requirements",
      failure: null,
      lock: expect.stringMatching(/^six==1\.16\.0 \\\n +--hash=sha256:/m) as string,
    });
    expect(
      await client.putEnvironment("other", { kind: "requirements", text: "six==1.15.0\n" }),
    ).toMatchObject({
      state: "not_built",
      packages: expect.arrayContaining(["six==1.15.0"]) as string[],
    });
    // A hash that no file has: uv refuses what the index gives.
    const file = join(platform.dataDirectory, "environments", "named", "other.json");
    const kept = await readFile(file, "utf8");
    await writeFile(file, kept.replaceAll(/sha256:[0-9a-f]{64}/g, `sha256:${"0".repeat(64)}`));
    const failed = await environments("build", "other");
    expect(failed).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("(ENVIRONMENT_BUILD_FAILED)") as string,
    });
    expect((await client.listEnvironments()).environments).toMatchObject([
      { name: "other", state: "failed", failure: { message: expect.stringMatching(/hash/i) as string } },
      { name: "remote", state: "built" },
      { name: "small", state: "built" },
    ]);
    expect((await environments("list")).stdout).toMatch(/other .* failed \(ENVIRONMENT_BUILD_FAILED\)/);
    await environments("remove", "other");
    await expect(client.getEnvironment("other")).rejects.toMatchObject({
      code: "ENVIRONMENT_NOT_FOUND",
      status: 404,
    });
    const impossible = { kind: "requirements", text: "six==1.16.0\nsix==1.15.0\n" } as const;
    await expect(client.putEnvironment("x", impossible)).rejects.toMatchObject({
      code: "ENVIRONMENT_UNSOLVABLE",
      status: 422,
    });
  });

  it("are that of the kernel where nothing is asked for, and recorded as unlocked", async () => {
    const { client } = platform;
    await writeNotebook(join(directory, "home", "own.ipynb"), ["import sys\nprint(sys.prefix)"]);
    const { id } = await client.submitRun({ path: "~/own.ipynb" });
    await follow(client, id);
    const { environment } = await manifestOf(id);
    expect(environment).toMatchObject({
      name: null,
      is_locked: false,
      digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(environment["package_count"]).toBeGreaterThan(10);
  });

  it("that cannot be had are refused in the words of uv, and nothing starts", async () => {
    const { client } = platform;
    const refused = (path: string, environment: string): Promise<unknown> =>
      client
        .submitRun({ path, environment })
        .then(() => "accepted")
        .catch((error: { code: string; status: number; message: string }) => [
          error.status,
          error.code,
          error.message,
        ]);
    const impossible = SCRIPT.replace("six==1.16.0", 'six==1.16.0", "six==1.15.0');
    await writeNotebook(join(directory, "home", "impossible.ipynb"), [impossible]);
    await writeNotebook(join(directory, "home", "local.ipynb"), [
      SCRIPT.replace("six==1.16.0", "six @ file:///tmp/six"),
    ]);
    await writeNotebook(join(directory, "home", "bash.ipynb"), ["echo"], "bash");
    const before = (await client.listRuns()).runs.length;
    expect(await refused("~/impossible.ipynb", "auto")).toEqual([
      422,
      "ENVIRONMENT_UNSOLVABLE",
      expect.stringMatching(/uv says: .*six==1\.15\.0/s),
    ]);
    expect(await refused("~/local.ipynb", "auto")).toEqual([
      422,
      "ENVIRONMENT_UNSOLVABLE",
      expect.anything(),
    ]);
    expect(await refused("~/plain.ipynb", "auto")).toEqual([
      422,
      "ENVIRONMENT_UNDECLARED",
      expect.anything(),
    ]);
    expect(await refused("~/plain.ipynb", "none such")).toEqual([
      422,
      "ENVIRONMENT_NAME_INVALID",
      expect.anything(),
    ]);
    expect(await refused("~/plain.ipynb", "nowhere")).toEqual([
      422,
      "ENVIRONMENT_NOT_FOUND",
      expect.anything(),
    ]);
    expect((await client.listRuns()).runs.length).toBe(before);
    const { exitCode, stderr } = await notemill(
      ["environments", "create", "x", "--from", "requirements.txt"],
      {
        cwd: directory,
        env: {
          ...platform.env,
          NOTEMILL_UV: join(directory, "no-uv"),
          PATH: process.env["PATH"]?.split(delimiter)[0] ?? "",
        },
      },
    );
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("(UV_NOT_FOUND)")]);
  });
});
