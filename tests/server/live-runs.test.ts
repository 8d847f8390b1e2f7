import { writeFile } from "node:fs/promises";
import { existsSync, globSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startCommand, NOTEMILL } from "../support/cli.ts";
import { runCommand } from "../support/command.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, statuses, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

/** Runs that are looked into while they are there: under way, or with their kernel kept. */
describe("live runs", () => {
  const directory = SHARED_DIRECTORY;
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
  });
  afterAll(releaseSharedPlatform);

  const write = (name: string, sources: readonly string[]): Promise<void> =>
    writeNotebook(join(directory, "home", name), sources);
  const outputOf = async (id: string): Promise<string> =>
    Buffer.from(await platform.client.getNotebook(id)).toString("utf8");
  const executed = async (id: string, code: string): Promise<{ outputs: string; status: string }> => {
    let outputs = "";
    for await (const event of platform.client.executeCode(id, code)) {
      if (event.type === "result") return { outputs, status: event.result.status };
      outputs += event.output;
    }
    return { outputs, status: "none" };
  };

  it("show their output notebook as it grows, and say that they run", async () => {
    const { client } = platform;
    const marker = join(directory, "enough");
    const source = `import os, time\nprint('half way', flush=True)\nwhile not os.path.exists(${JSON.stringify(marker)}): time.sleep(0.05)`;
    await write("grows.ipynb", ["print('first')", source, "print('last')"]);
    const { id } = await client.submitRun({ path: "~/grows.ipynb" });
    for await (const event of client.followRun(id))
      if (event.kind === "cell-output" && event.data.text.includes("half way")) break;
    let live = "";
    // What is printed is on its way to the file for a second.
    while (!live.includes("half way")) live = await outputOf(id);
    expect(live).toContain('"status": "running"');
    expect(live).toContain("first");
    expect(live).not.toContain("last\\n");
    await writeFile(marker, "");
    await follow(client, id);
    expect(await outputOf(id)).toContain("last\\n");
    // The lock under which it is deleted goes last.
    await expect.poll(() => readdirSync(join(platform.dataDirectory, "live"))).toEqual([]);
  });

  it("keep their kernel when they fail, to look into it and to go on", async () => {
    const { client, env } = platform;
    await write("fails.ipynb", ["x = 20", "y = x * 2\nopen('made', 'w').write('here')", "print('y is', z)"]);
    const { stdout } = await runCommand(["runs", "submit", "~/fails.ipynb", "--keep-kernel", "10m"], { env });
    const id = stdout.trim();
    expect(statuses(await follow(client, id))).toBe("queued starting running failed");
    const { attempts } = await client.getRun(id);
    expect(attempts[0]?.kernel_until).toEqual(expect.any(String));

    expect(await executed(id, "print('y was', y)\nx + 1")).toMatchObject({ status: "ok" });
    const seen = await runCommand(["runs", "debug", id, "-c", "print(y, open('made').read())"], { env });
    expect(seen).toMatchObject({ exitCode: 0, stdout: "40 here\n" });
    const wrong = await runCommand(["runs", "debug", id, "-c", "1 / 0"], { env });
    expect(wrong).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining("ZeroDivisionError") as string,
    });

    const mended = join(directory, "mended.py");
    // The token of a kernel is good while it is kept, and for the run that goes on in it.
    const ask =
      "import os, urllib.request as u\nr = u.Request(os.environ['NOTEMILL_SERVER'] + '/api/v1/runs?limit=1', headers={'authorization': 'Bearer ' + os.environ['NOTEMILL_TOKEN']})";
    expect((await executed(id, `${ask}\nprint('kept', u.urlopen(r).status)`)).outputs).toContain("kept 200");
    await writeFile(mended, `${ask}\nprint('y is', y + z0, 'and', u.urlopen(r).status)`);
    await executed(id, "z0 = 2");
    const resumed = await runCommand(["runs", "resume", id, "--cell", `c2=${mended}`], { env });
    const next = resumed.stdout.trim();
    expect(statuses(await follow(client, next))).toBe("queued starting running succeeded");
    expect(await outputOf(next)).toContain("y is 42 and 200");
    expect(await client.getRun(next)).toMatchObject({ rerun_of: id, resumes: attempts[0]?.id });
    const kinds = (await follow(client, next)).filter(({ kind }) => kind === "cell-started");
    expect(kinds.map(({ data }) => data.cell_id)).toEqual(["c2"]);
    for (const run of [id, next]) expect(await client.verifyRecords({ run })).toMatchObject({ problems: [] });
    // Nothing is kept any longer.
    await expect(executed(id, "1")).rejects.toMatchObject({ code: "KERNEL_NOT_KEPT" });
    const all = [...attempts, ...(await client.getRun(next)).attempts].map((attempt) => attempt.id);
    // The runner clears away what it has handed in.
    const left = (): readonly string[] =>
      globSync(`*/{${all.join(",")}}`, { cwd: join(platform.dataDirectory, "attempts") });
    await expect.poll(left).toEqual([]);
  });

  it("interrupt what is executed in their kernel when nobody waits for it any longer", async () => {
    const { client, env } = platform;
    await write("stuck.ipynb", ["1 / 0"]);
    const { id } = await client.submitRun({ path: "~/stuck.ipynb", keep_kernel_ms: 600_000 });
    await follow(client, id);
    const marker = join(directory, "interrupted");
    const code = `import time\nprint('begun', flush=True)\ntry:\n    time.sleep(600)\nexcept KeyboardInterrupt:\n    open(${JSON.stringify(marker)}, 'w').write('yes')`;
    const debug = startCommand(NOTEMILL, ["runs", "debug", id, "-c", code], { env });
    await debug.said("begun");
    debug.process.kill("SIGINT");
    await debug.result;
    expect((await executed(id, "2 + 3")).outputs).toContain("5");
    expect(existsSync(marker)).toBe(true);
  });

  it("end the kernel that they keep when somebody says so, and run again with a cell that is mended", async () => {
    const { client, env } = platform;
    await write("ends.ipynb", ["x = 20", "print(y)"]);
    const { id } = await client.submitRun({ path: "~/ends.ipynb", keep_kernel_ms: 600_000 });
    await follow(client, id);
    const ended = await runCommand(["runs", "debug", id, "--end"], { env });
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    await expect(executed(id, "1")).rejects.toMatchObject({ code: "KERNEL_NOT_KEPT" });
    await expect(client.endKernel(id)).rejects.toMatchObject({
      code: "KERNEL_NOT_KEPT",
      message: expect.stringContaining("with --keep-kernel 30m") as string,
    });
    // Nothing is typed.
    expect(await runCommand(["runs", "debug", id], { env })).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: `notemill: no kernel is kept for run ${id}; run it again with notemill runs rerun ${id} --keep-kernel 30m, which keeps it if the run fails (KERNEL_NOT_KEPT)\n`,
    });
    const [attempt] = (await client.getRun(id)).attempts;
    expect(attempt?.kernel_until).toBeNull();
    const cwd = join(platform.dataDirectory, "attempts");
    await vi.waitFor(() => expect(globSync(`*/${attempt?.id ?? ""}`, { cwd })).toEqual([]));

    await expect(client.rerunRun(id, { cells: { nosuch: "1" } })).rejects.toMatchObject({
      code: "CELL_NOT_FOUND",
    });
    const again = await client.rerunRun(id, { cells: { c1: "print('x is', x)" } });
    expect(statuses(await follow(client, again.id))).toBe("queued starting running succeeded");
    expect(await outputOf(again.id)).toContain("x is 20");
  });

  it("end the kernel that they keep together with their runner", async () => {
    const { client } = platform;
    const { id } = await client.submitRun({ path: "~/stuck.ipynb", keep_kernel_ms: 600_000 });
    await follow(client, id);
    // The platform checks on its end that no process is left.
    expect((await client.getRun(id)).attempts[0]?.kernel_until).toEqual(expect.any(String));
  });
});
