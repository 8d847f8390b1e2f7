import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
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

  const builder = (
    place: string,
    env: NodeJS.ProcessEnv = {},
  ): ChildProcess & { readonly stdout: NodeJS.ReadableStream } => {
    const script = fileURLToPath(new URL("builder.ts", import.meta.url));
    const child = spawn(
      process.execPath,
      ["--conditions=@notemill/source", "--disable-warning=ExperimentalWarning", script, place, lockFile],
      { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, ...env } },
    );
    return child;
  };
  const has = async (python: string): Promise<string> =>
    (await run(python, ["-c", "import six; print(six.__version__)"])).stdout.trim();

  it("is done whole or not at all, by two at once and after a kill in the middle", async () => {
    const place = join(directory, "one");
    await mkdir(place);
    const slow = join(directory, "slow-uv");
    const begun = join(directory, "begun");
    const goOn = join(directory, "go-on");
    // It waits before it puts the packages into the environment.
    const waits = `if [ "$1" = pip ]; then : > '${begun}'; while [ ! -e '${goOn}' ]; do sleep 0.05; done; fi`;
    const script = `#!/bin/sh\n${waits}\nexec '${process.env["NOTEMILL_UV"] ?? "uv"}' "$@"\n`;
    await writeFile(slow, script, { mode: 0o755 });
    const killed = builder(place, { NOTEMILL_UV: slow });
    void text(killed.stdout);
    await expect.poll(() => existsSync(begun)).toBe(true);
    killed.kill("SIGKILL");
    await once(killed, "exit");
    await writeFile(goOn, "");
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

  it("tells no index, nor a package, what the server knows", async () => {
    const asked: string[] = [];
    let wheel = Buffer.from("");
    await using server = createServer(({ url = "" }, response) => {
      asked.push(url);
      response.writeHead(url === `/${WHEEL}` ? 200 : 404).end(url === `/${WHEEL}` ? wheel : "");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await makeWheel(join(directory, WHEEL), port);
    wheel = await readFile(join(directory, WHEEL));
    const canary = "canary-3b1f";
    const secrets = {
      UV_INDEX_CORP_PASSWORD: canary,
      UV_DEFAULT_INDEX: `http://ann:${canary}@127.0.0.1:${port}/simple`,
      no_proxy: "127.0.0.1",
    };
    const environments = openEnvironments(join(directory, "leak"), { ...process.env, ...secrets });
    // A comment about ipykernel, so that it is not asked for.
    const text = `asks @ http://127.0.0.1:${port}/${WHEEL} # no ipykernel\n`;
    await expect(
      environments.create("leak", { kind: "requirements", text }, { now: new Date() }),
    ).rejects.toMatchObject({ code: "ENVIRONMENT_UNSOLVABLE" });
    // The package was read, and what it asks for was asked for.
    expect(asked.filter((url) => url.startsWith("/told/"))).not.toEqual([]);
    expect(asked.join(" ")).not.toContain(canary);
  });
});

const WHEEL = "asks-1.0-py3-none-any.whl";

/** A package that asks for a URL with a variable in it. */
async function makeWheel(file: string, port: number): Promise<void> {
  const told = "told/${UV_INDEX_CORP_PASSWORD}";
  const asked = `six @ http://127.0.0.1:${port}/${told}/six-1.0-py3-none-any.whl`;
  const parts = {
    METADATA: `Metadata-Version: 2.1\nName: asks\nVersion: 1.0\nRequires-Dist: ${asked}\n`,
    WHEEL: "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    RECORD: "",
  };
  const script = `import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    for name, text in json.loads(sys.argv[2]).items():
        wheel.writestr("asks-1.0.dist-info/" + name, text)`;
  await run("python3", ["-c", script, file, JSON.stringify(parts)]);
}
