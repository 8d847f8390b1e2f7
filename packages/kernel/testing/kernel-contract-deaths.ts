import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { isAlive } from "./kernel-bed.ts";
import type { ContractCase } from "./kernel-contract.ts";
import { listen, readAll, untilPrinted } from "./run-cell.ts";

/** The part of the contract about restarts, shutdowns and deaths. */
export function describeDeaths({ language, start, shared }: ContractCase): void {
  it("forgets everything when it is restarted, and stays where it is", async () => {
    const kernel = await shared();
    const { pid, connectionFile, died } = kernel;
    const seen = listen(kernel);
    await readAll(kernel.execute(language.setVariable));
    const pending = kernel.execute(language.hang);
    await untilPrinted(pending, "begun");
    await kernel.restart();
    await expect(pending.reply).rejects.toMatchObject({ code: "KERNEL_CLOSED" });
    expect(kernel.connectionFile).toBe(connectionFile);
    expect(isAlive(pid)).toBe(false);
    expect(kernel.died).not.toBe(died);

    const after = kernel.execute(language.printVariable);
    const { printed, types } = await readAll(after);
    expect(printed).toBe("unset\n");
    expect(seen.of(after)).toEqual(types);
    seen.stop();
    const unheard = kernel.execute(language.print("unheard"));
    await readAll(unheard);
    expect(seen.of(unheard)).toEqual([]);
  });

  it.each(["graceful", "immediate"] as const)("leaves nothing after a %s shutdown", async (mode) => {
    await using kernel = await start();
    const children: number[] = [];
    for (const code of [language.startChild, language.startDaemon]) {
      if (code === undefined) continue;
      const { printed } = await readAll(kernel.execute(code));
      children.push(Number(/\d+\s*$/.exec(printed)?.[0]));
    }
    expect(children.map(isAlive)).toEqual(children.map(() => true));
    const { pid, connectionFile } = kernel;
    await kernel.shutdown({ mode });
    await kernel.shutdown();
    expect([pid, ...children].filter(isAlive)).toEqual([]);
    expect(existsSync(connectionFile)).toBe(false);
    await expect(kernel.kernelInfo()).rejects.toMatchObject({ code: "KERNEL_CLOSED" });
    await expect(kernel.execute("1").reply).rejects.toMatchObject({ code: "KERNEL_CLOSED" });
    await expect(kernel.restart()).rejects.toMatchObject({ code: "KERNEL_CLOSED" });
  });

  it("ends at once while it executes code", async () => {
    await using kernel = await start();
    const execution = kernel.execute(language.hang);
    const { result } = await untilPrinted(execution, "begun");
    await kernel.shutdown({ mode: "immediate" });
    expect((await result).error).toMatchObject({ code: "KERNEL_CLOSED" });
  });

  it("fails everything that waits when it dies, after what it said last", async () => {
    await using kernel = await start();
    const first = await readAll(kernel.execute(language.print("last words")));
    expect(first.printed).toBe("last words\n");
    const dying = kernel.execute(language.die ?? language.hang);
    const behind = kernel.execute(language.print("behind"));
    if (language.die === undefined) process.kill(kernel.pid, "SIGKILL");
    const { error } = await readAll(dying);
    expect(error).toMatchObject({ code: "KERNEL_DIED" });
    expect((await readAll(behind)).error).toMatchObject({ code: "KERNEL_DIED" });
    await expect(dying.reply).rejects.toMatchObject({ code: "KERNEL_DIED" });
    expect(await kernel.died).toMatchObject({ reason: "exited" });
    await expect(kernel.kernelInfo()).rejects.toMatchObject({ code: "KERNEL_DIED" });
    await expect(kernel.execute("1").reply).rejects.toMatchObject({ code: "KERNEL_DIED" });
  });

  it("can be restarted after it was killed, and its children with it", async () => {
    const kernel = await shared();
    const starting = language.startChild;
    const printed = starting === undefined ? "" : (await readAll(kernel.execute(starting))).printed;
    const child = Number(/\d+\s*$/.exec(printed)?.[0]);
    process.kill(kernel.pid, "SIGKILL");
    expect(await kernel.died).toMatchObject({ signal: "SIGKILL", reason: "exited" });
    await kernel.restart();
    expect(Number.isNaN(child) ? false : isAlive(child)).toBe(false);
    expect((await readAll(kernel.execute(language.print("again")))).printed).toBe("again\n");
  });
}
