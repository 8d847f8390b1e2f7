import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findKernelspecs } from "./find-kernelspecs.ts";
import { findKernelspec } from "./find-kernelspec.ts";
import type { InvalidKernelspec } from "./read-kernelspec.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "kernelspecs-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Writes a file below the root. */
function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Installs a kernelspec below the root whose display name says where it is. */
function install(dataDir: string, name: string, parts: object = {}): void {
  const kernelspec = { argv: ["k", "{connection_file}"], display_name: dataDir, language: "x", ...parts };
  write(`${dataDir}/kernels/${name}/kernel.json`, JSON.stringify(kernelspec));
}

/** Finds what is installed below the root, and not what this machine has. */
async function find(env: Record<string, string> = {}, dataDirs: readonly string[] = []) {
  const invalid: InvalidKernelspec[] = [];
  const all = await findKernelspecs({
    env: { HOME: join(root, "home"), ...env },
    dataDirs: dataDirs.map((dir) => join(root, dir)),
    onInvalid: (kernelspec) => invalid.push(kernelspec),
  });
  const own = all.filter((kernelspec) => kernelspec.resourceDir.startsWith(root));
  return { own, invalid };
}

const HOME_DATA = "home/.local/share/jupyter";

describe("findKernelspecs", () => {
  it("reads what a kernel.json says", async () => {
    install(HOME_DATA, "MyKernel", {
      interrupt_mode: "message",
      env: { A: "1", B: 2 },
      metadata: { debugger: true },
    });
    const { own } = await find();
    expect(own).toEqual([
      {
        name: "mykernel",
        resourceDir: join(root, HOME_DATA, "kernels/MyKernel"),
        argv: ["k", "{connection_file}"],
        displayName: HOME_DATA,
        language: "x",
        interruptMode: "message",
        env: { A: "1" },
        metadata: { debugger: true },
      },
    ]);
  });

  it("takes the first of a name in the search order", async () => {
    for (const dir of ["given", "path", "venv/share/jupyter", HOME_DATA]) install(dir, "k");
    const names = async (env: Record<string, string>, dataDirs: string[] = []) =>
      (await find(env, dataDirs)).own.map((kernelspec) => kernelspec.displayName);
    const env = { JUPYTER_PATH: join(root, "path"), VIRTUAL_ENV: join(root, "venv") };
    expect(await names(env, ["given"])).toEqual(["given"]);
    expect(await names(env)).toEqual(["path"]);
    expect(await names({ VIRTUAL_ENV: join(root, "venv") })).toEqual(["venv/share/jupyter"]);
    expect(await names({})).toEqual([HOME_DATA]);
  });

  it("looks where IPython once had them, and in the environment of the python3 on PATH", async () => {
    install("home/.ipython", "old");
    install("env/share/jupyter", "here");
    write("env/bin/python3", "");
    write("env/pyvenv.cfg", "");
    const { own } = await find({ PATH: `/nowhere:${join(root, "env/bin")}` });
    expect(own.map((kernelspec) => kernelspec.name)).toEqual(["here", "old"]);
  });

  it.each([
    ["no JSON", "{", /line 1/],
    ["no object", "[]", /expected an object/],
    ["no command", '{"argv": []}', /argv/],
    ["a NUL in its command", '{"argv": ["a\\u0000"]}', /NUL/],
    ["a command that is no text", '{"argv": ["a", 1]}', /argv/],
  ])("reports one with %s and goes on", async (_what, text, reason) => {
    install(HOME_DATA, "good");
    write(`${HOME_DATA}/kernels/bad/kernel.json`, text);
    write(`${HOME_DATA}/kernels/README`, "no directory");
    mkdirSync(join(root, HOME_DATA, "kernels/empty"));
    const { own, invalid } = await find();
    expect(own.map((kernelspec) => kernelspec.name)).toEqual(["good"]);
    expect(invalid).toEqual([
      { path: join(root, HOME_DATA, "kernels/bad/kernel.json"), reason: expect.stringMatching(reason) },
    ]);
  });

  it("reports a name that no client could ask for", async () => {
    install(HOME_DATA, "a b");
    expect((await find()).invalid[0]?.reason).toMatch(/"a b" has other characters/);
  });

  it("makes a python3 of an environment with ipykernel and no kernelspec", async () => {
    write("venv/bin/python3", "");
    chmodSync(join(root, "venv/bin/python3"), 0o755);
    write("venv/lib/python3.12/site-packages/ipykernel_launcher.py", "");
    const { own } = await find({ VIRTUAL_ENV: join(root, "venv") });
    expect(own).toMatchObject([
      {
        name: "python3",
        argv: [join(root, "venv/bin/python3"), "-m", "ipykernel_launcher", "-f", "{connection_file}"],
      },
    ]);
  });

  it("knows that Deno cannot be interrupted, whatever its kernelspec says", async () => {
    install(HOME_DATA, "deno", { argv: ["/x/deno", "jupyter"], interrupt_mode: "message" });
    expect((await find()).own[0]?.interruptMode).toBe("none");
  });
});

describe("findKernelspec", () => {
  it("compares without regard to case, and lets python mean python3", async () => {
    install(HOME_DATA, "python3");
    install(HOME_DATA, "Julia-1.12");
    const { own } = await find();
    expect(findKernelspec(own, "PYTHON").name).toBe("python3");
    expect(findKernelspec(own, "julia-1.12").name).toBe("julia-1.12");
  });

  it("prefers a kernelspec that is called python", async () => {
    install(HOME_DATA, "python3");
    install(HOME_DATA, "python");
    expect(findKernelspec((await find()).own, "python").name).toBe("python");
  });

  it("names what is installed when nothing matches", () => {
    expect(() => findKernelspec([], "x")).toThrow(
      expect.objectContaining({
        code: "KERNELSPEC_NOT_FOUND",
        message: 'no kernelspec is named "x"; installed: none',
        details: { name: "x", available: [] },
      }),
    );
  });
});
