import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createKernelPool, startKernel } from "../../src/index.ts";
import type { Kernel, KernelError, StartKernelOptions } from "../../src/index.ts";
import { evaluate, pythonKernelspec, run } from "./python-kernel.ts";

const warnings: KernelError[] = [];
const pool = createKernelPool({ maxSpareKernels: 0, onWarning: (warning) => warnings.push(warning) });
const options: StartKernelOptions = {
  kernelspec: await pythonKernelspec(),
  cwd: await realpath(tmpdir()),
  env: process.env,
};

afterAll(async () => {
  await pool[Symbol.asyncDispose]();
  expect(warnings).toEqual([]);
  expect(pool.stats()).toMatchObject({ forkServers: 0, forkedKernels: 0, acquired: { cold: 0 } });
});

/** Acquires a kernel by a fork. */
async function fork(change: Partial<StartKernelOptions> = {}): Promise<Kernel> {
  return pool.acquire({ ...options, ...change });
}

describe("a forked kernel", () => {
  it.each<[string, StartKernelOptions["env"]]>([
    ["the environment of this process", { ...process.env, GREETING: "grüß Gott\n", TZ: "Asia/Tokyo" }],
    // In the C locale the interpreter changes its own environment.
    ["hardly any environment", { PATH: process.env["PATH"], HOME: "/" }],
  ])("finds what one started cold finds, with %s", async (_what, env) => {
    const code = await readFile(new URL("start-facts.py", import.meta.url), "utf8");
    await using cold = await startKernel({ ...options, env });
    await using forked = await fork({ env });
    const [expected, found] = await Promise.all([run(cold, code), run(forked, code)]);
    expect(expected.error).toBeNull();
    expect(JSON.parse(found.stdout)).toEqual(JSON.parse(expected.stdout));
    // All channels are connected after a while.
    const sockets = (kernel: Kernel) => evaluate(kernel, "sum(kind(it) == 'socket' for it in range(200))");
    const more = async (): Promise<number> => Number(await sockets(forked)) - Number(await sockets(cold));
    await expect.poll(more).toBe(0);
  });

  it("has the time zone of its own environment", async () => {
    await using tokyo = await fork({ env: { ...process.env, TZ: "Asia/Tokyo" } });
    await using lima = await fork({ env: { ...process.env, TZ: "America/Lima" } });
    expect(await evaluate(tokyo, "__import__('time').localtime(0)[3]")).toBe(9);
    expect(await evaluate(lima, "__import__('time').localtime(0)[3]")).toBe(19);
  });

  it("takes the options of its kernelspec", async () => {
    const argv = [...options.kernelspec.argv, "--IPKernelApp.exec_lines=answer = 42"];
    await using kernel = await fork({ kernelspec: { ...options.kernelspec, argv } });
    expect(await evaluate(kernel, "answer")).toBe(42);
  });

  it("has the environment of its kernelspec", async () => {
    const kernelspec = { ...options.kernelspec, env: { FROM_SPEC: "yes" } };
    await using kernel = await fork({ kernelspec });
    expect(await evaluate(kernel, "__import__('os').environ['FROM_SPEC']")).toBe("yes");
  });

  it.each([
    ["cold", startKernel],
    ["forked", pool.acquire],
  ])("joins its control group, when it is started %s", async (_how, start) => {
    const cgroup = await mkdtemp(join(tmpdir(), "group-"));
    await using kernel = await start({ ...options, cgroup });
    expect(Number(await readFile(join(cgroup, "cgroup.procs"), "utf8"))).toBe(kernel.pid);
    await rm(cgroup, { recursive: true });
  });

  it.each([
    ["cold", startKernel],
    ["forked", pool.acquire],
  ])("does not start outside its control group, when it is to be started %s", async (_how, start) => {
    const before = pool.stats();
    await expect(start({ ...options, cgroup: "/nonexistent/group" })).rejects.toMatchObject({
      code: "KERNEL_START_FAILED",
      message: expect.stringContaining("/nonexistent/group/cgroup.procs"),
    });
    expect(pool.stats()).toEqual(before);
  });

  it("can be interrupted, and goes on", async () => {
    await using kernel = await fork();
    const execution = kernel.execute("import time\nprint('asleep', flush=True)\ntime.sleep(600)");
    for await (const message of execution) {
      if (message.type === "stream") await kernel.interrupt();
    }
    expect(await execution.reply).toMatchObject({ status: "error", ename: "KeyboardInterrupt" });
    expect(await evaluate(kernel, "1 + 1")).toBe(2);
  });

  it("is forked anew when it is restarted", async () => {
    await using kernel = await fork();
    const { pid, connectionFile } = kernel;
    await run(kernel, "x = 1");
    await kernel.restart();
    expect(kernel.pid).not.toBe(pid);
    expect(kernel.connectionFile).toBe(connectionFile);
    expect((await run(kernel, "x")).error).toMatch(/^NameError/);
    expect(pool.stats().forkedKernels).toBe(1);
  });

  it("asks for input", async () => {
    await using kernel = await fork();
    let text = "";
    for await (const message of kernel.execute("print(input('name? '))", { onInputRequest: () => "Ada" })) {
      if (message.type === "stream") text += message.content.text;
    }
    expect(text).toBe("Ada\n");
  });

  it("imports what its environment has", async () => {
    await using kernel = await fork();
    const code = "import pandas, altair\nprint(pandas.DataFrame({'a': [1, 2]}).a.sum())";
    expect(await run(kernel, code)).toEqual({ stdout: "3\n", stderr: "", error: null });
  });

  it("awaits in a cell, and runs tasks beside cells", async () => {
    await using kernel = await fork();
    await run(kernel, "import asyncio\ntask = asyncio.create_task(asyncio.sleep(0, 'done'))");
    expect(await run(kernel, "print(await task)")).toMatchObject({ stdout: "done\n" });
  });

  it("runs threads", async () => {
    await using kernel = await fork();
    const code = `
import threading
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool:
    print(sum(pool.map(len, ["a", "bc"])), threading.current_thread() is threading.main_thread())`;
    expect(await run(kernel, code)).toMatchObject({ stdout: "3 True\n", error: null });
  });

  it.each(["fork", "spawn", "forkserver"])("runs processes of multiprocessing by %s", async (method) => {
    await using kernel = await fork();
    const code = `
import multiprocessing
with multiprocessing.get_context("${method}").Pool(2) as pool:
    print(pool.map(abs, [-1, -2]))`;
    expect(await run(kernel, code)).toMatchObject({ stdout: "[1, 2]\n", error: null });
  });

  it("runs commands in its directory and with its environment", async () => {
    await using kernel = await fork({ cwd: "/", env: { ...process.env, TOKEN: "t" } });
    const code =
      "import subprocess\nprint(subprocess.check_output('pwd; echo $TOKEN', shell=True, text=True))";
    expect(await run(kernel, code)).toMatchObject({ stdout: "/\nt\n\n", error: null });
    expect(await run(kernel, "!echo $TOKEN")).toMatchObject({ stdout: "t\r\n" });
  });

  it("handles signals", async () => {
    await using kernel = await fork();
    const code = `
import os, signal
rings = []
signal.signal(signal.SIGALRM, lambda *_: rings.append("rang"))
# Again and again: the first may come before the pause.
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
signal.pause()
signal.setitimer(signal.ITIMER_REAL, 0)
print(rings[0])
child = os.fork()
if child == 0:
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))`;
    expect(await run(kernel, code)).toMatchObject({ stdout: "rang\n7\n", error: null });
  });

  it("shows what its process itself writes", async () => {
    const said = Promise.withResolvers<string>();
    await using kernel = await fork({
      onProcessOutput: (stream, text) => {
        if (text.includes("raw")) said.resolve(`${stream}: ${text}`);
      },
    });
    await run(kernel, "import os, sys\nos.write(sys.stderr._original_stdstream_copy, b'raw\\n');");
    expect(await said.promise).toBe("stderr: raw\n");
  });

  it.each([
    ["import os; os._exit(3)", { exitCode: 3, signal: null, reason: "exited" }],
    ["import os; os.kill(os.getpid(), 9)", { exitCode: null, signal: "SIGKILL", reason: "exited" }],
    ["import os; os.kill(os.getpid(), 15)", { exitCode: null, signal: "SIGTERM", reason: "exited" }],
  ])("tells how it died: %s", async (code, death) => {
    await using kernel = await fork();
    const execution = kernel.execute(code);
    await expect(execution.reply).rejects.toMatchObject({ code: "KERNEL_DIED" });
    expect(await kernel.died).toEqual(death);
  });

  it("ends when it is asked to", async () => {
    const kernel = await fork();
    await kernel.shutdown({ mode: "graceful" });
    expect(pool.stats().forkedKernels).toBe(0);
    await expect(kernel.execute("1").reply).rejects.toMatchObject({ code: "KERNEL_CLOSED" });
  });
});
