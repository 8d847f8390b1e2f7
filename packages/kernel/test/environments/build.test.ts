import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, watch, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith, UV } from "../../../../tests/requirements.ts";
import { openEnvironments, readLock } from "../../src/environments/index.ts";

const run = promisify(execFile);

/** One small file that needs nothing, so that a build is quick. */
const SIX = "six==1.16.0 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254";

describeWith(UV, "building an environment", () => {
  let directory: string;
  let lockFile: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "notemill-build-"));
    lockFile = join(directory, "lock.txt");
    const python = process.env["NOTEMILL_VENV"]
      ? join(process.env["NOTEMILL_VENV"], "bin", "python")
      : "python3";
    const { stdout } = await run(python, ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]);
    await writeFile(lockFile, `# notemill environment 1\n# python ${stdout.trim()}\n${SIX}\n`);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const builder = (place: string): ChildProcess & { readonly stdout: NodeJS.ReadableStream } => {
    const script = fileURLToPath(new URL("builder.ts", import.meta.url));
    const child = spawn(
      process.execPath,
      ["--conditions=@notemill/source", "--disable-warning=ExperimentalWarning", script, place, lockFile],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    return child;
  };
  const has = async (python: string): Promise<string> =>
    (await run(python, ["-c", "import six; print(six.__version__)"])).stdout.trim();

  it("is done whole or not at all, by two at once and after a kill in the middle", async () => {
    const place = join(directory, "one");
    await mkdir(place);
    const killed = builder(place);
    void text(killed.stdout);
    for await (const { filename } of watch(place, { recursive: true }))
      if (/environment\/(bin|lib)/.test(filename ?? "")) break;
    killed.kill("SIGKILL");
    await once(killed, "exit");
    const { digest } = readLock(await readFile(lockFile, "utf8"));
    expect(existsSync(join(place, "built", digest))).toBe(false);

    const said = await Promise.all([builder(place), builder(place)].map((child) => text(child.stdout)));
    const [python = ""] = said.map((line) => line.trim());
    expect(said).toEqual([`${python}\n`, `${python}\n`]);
    expect(await has(python)).toBe("1.16.0");
    // What the dead one has left is gone too, at the latest when its uv has ended.
    await expect
      .poll(async () => {
        await openEnvironments(place, process.env).prune(new Date(0));
        return readdirSync(place);
      })
      .toEqual(["built"]);
  });

  it("says in the words of uv why not, and leaves nothing", async () => {
    const place = join(directory, "two");
    const environments = openEnvironments(place, process.env);
    const good = await readFile(lockFile, "utf8");
    const wrong = readLock(good.replace(/[0-9a-f]{64}/, "0".repeat(64)));
    await expect(environments.build(wrong)).rejects.toMatchObject({
      code: "ENVIRONMENT_BUILD_FAILED",
      message: expect.stringMatching(/uv says: .*hash/is) as string,
    });
    // Nothing but why, for those who come later.
    expect(readdirSync(place)).toEqual(["built", "failed"]);
    expect(await environments.failures()).toMatchObject([
      { code: "ENVIRONMENT_BUILD_FAILED", message: expect.stringMatching(/uv says: .*hash/is) as string },
    ]);
    await environments.prune(new Date(Date.now() + 1000));
    expect(await environments.failures()).toEqual([]);
    expect(await environments.built()).toEqual([]);
  });

  it("is done again where it was damaged, and after it was pruned", async () => {
    const place = join(directory, "three");
    const environments = openEnvironments(place, process.env);
    const lock = readLock(await readFile(lockFile, "utf8"));
    const { python, prefix } = await environments.build(lock);
    expect((await environments.built()).map(({ digest }) => digest)).toEqual([lock.digest]);
    await rm(python);
    await environments.build(lock);
    expect(await has(python)).toBe("1.16.0");
    expect(await environments.prune(new Date(0))).toEqual([]);
    expect(await environments.prune(new Date(Date.now() + 60_000))).toEqual([lock.digest]);
    expect(existsSync(prefix)).toBe(false);
    await environments.build(lock);
    expect(await has(python)).toBe("1.16.0");
  });

  it("gives uv no token of the platform", async () => {
    const place = join(directory, "four");
    await mkdir(place);
    const uv = join(place, "uv");
    await writeFile(uv, `#!/bin/sh\nenv > ${join(place, "seen")}\nexit 1\n`);
    await chmod(uv, 0o755);
    const env = { ...process.env, NOTEMILL_UV: uv, NOTEMILL_TOKEN: "secret-token", PYTHONPATH: "/elsewhere" };
    const input = { kind: "requirements", text: "six\n" } as const;
    await expect(openEnvironments(place, env).relock(input, { now: new Date() })).rejects.toMatchObject({
      code: "ENVIRONMENT_UNSOLVABLE",
    });
    const seen = await readFile(join(place, "seen"), "utf8");
    expect(seen).not.toMatch(/secret-token|elsewhere/);
  });
});
