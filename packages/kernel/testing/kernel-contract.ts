import { statSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Kernel, Kernelspec, StartKernelOptions } from "../src/index.ts";
import { describeDeaths } from "./kernel-contract-deaths.ts";
import { describeRequests } from "./kernel-contract-requests.ts";
import { makeKernelBed, testKernelspec } from "./kernel-bed.ts";
import type { KernelBed } from "./kernel-bed.ts";
import type { KernelLanguage } from "./kernel-language.ts";
import { listen, readAll, untilPrinted } from "./run-cell.ts";

/** A way to start kernels that is to keep the contract. */
export interface KernelStarter {
  readonly title: string;
  start(options: StartKernelOptions): Promise<Kernel>;
  /** What is started. Default: the installed kernelspec that the language names. */
  readonly kernelspec?: Kernelspec;
}

/** What the parts of the contract share. */
export interface ContractCase {
  readonly language: KernelLanguage;
  /** Starts a kernel for one test, which ends it. */
  start(): Promise<Kernel>;
  /** The kernel of all tests that leave one as good as they got it; another one after a test has failed. */
  shared(): Promise<Kernel>;
}

/**
 * Holds what every kernel must do, however it is started and whatever its language.
 *
 * A process, socket or file that is left when a test has ended its kernel fails that test.
 */
export function describeKernel(starter: KernelStarter, language: KernelLanguage): void {
  describe(`a ${language.kernelspec} kernel ${starter.title}`, () => {
    let kernelspec: Kernelspec;
    let bed: KernelBed;
    let sharedBed: KernelBed | undefined;
    let sharedKernel: Kernel | undefined;

    const close = (closed: KernelBed): void => {
      const remains = closed.remains();
      closed.remove();
      expect(remains).toEqual([]);
    };
    const closeShared = async (): Promise<void> => {
      const [closed, kernel] = [sharedBed, sharedKernel];
      [sharedBed, sharedKernel] = [undefined, undefined];
      await kernel?.shutdown();
      if (closed) close(closed);
    };
    beforeAll(async () => {
      kernelspec = starter.kernelspec ?? (await testKernelspec(language.kernelspec));
    });
    beforeEach(() => {
      bed = makeKernelBed();
    });
    afterEach(async ({ task }) => {
      const hasFailed = (task.result?.errors ?? []).length > 0;
      // What such a kernel prints late would count for the next test.
      if (hasFailed || !language.printsInOrder) await closeShared();
      close(bed);
    });
    afterAll(closeShared);

    const start = (): Promise<Kernel> => starter.start(bed.options(kernelspec));
    const shared = async (): Promise<Kernel> => {
      sharedBed ??= makeKernelBed();
      sharedKernel ??= await starter.start(sharedBed.options(kernelspec));
      return sharedKernel;
    };
    describeExecutions({ language, start, shared });
    describeRequests({ language, start, shared });
    describeDeaths({ language, start, shared });
  });
}

function describeExecutions({ language, shared }: ContractCase): void {
  it("is ready when it is given out, and keeps its files to itself", async () => {
    const kernel = await shared();
    expect(String(kernel.info.language_info["name"]).toLowerCase()).toBe(language.language.toLowerCase());
    expect(kernel.info.protocol_version).toMatch(/^5\./);
    expect(statSync(kernel.connectionFile).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(kernel.connectionFile)).mode & 0o777).toBe(0o700);
    const seen = listen(kernel);
    const execution = kernel.execute(language.print("hello"));
    const { types, printed } = await readAll(execution);
    expect(printed).toBe("hello\n");
    expect(types.at(0)).toBe("status");
    // What a kernel prints on a way of its own may come behind its last status.
    const orderly = language.printsInOrder ? types : types.filter((type) => type !== "stream");
    expect(orderly.at(-1)).toBe("status");
    expect(types).toContain("execute_input");
    expect(seen.of(execution)).toEqual(types);
  });

  it("executes what it is sent, in order, and says how it went", async () => {
    const kernel = await shared();
    const first = kernel.execute(language.print("one"));
    const firstResult = readAll(first);
    if (!language.printsInOrder) await firstResult;
    const second = kernel.execute(language.print("two"));
    expect((await readAll(second)).printed).toBe("two\n");
    expect((await firstResult).printed).toBe("one\n");
    expect(await first.reply).toMatchObject({ status: "ok" });

    if (language.value !== undefined) {
      let text: unknown;
      await readAll(kernel.execute(language.value), (message) => {
        if (message.type === "execute_result" || message.type === "display_data") {
          text = message.content.data["text/plain"];
        }
      });
      expect(String(text)).toMatch(/42/);
    }

    const failing = kernel.execute(language.fail);
    await readAll(failing);
    expect(await failing.reply).toMatchObject({ status: "error" });
    const later = kernel.execute(language.print("later"));
    expect(await later.reply).toMatchObject({ status: "ok" });
  });

  it("drops what is queued behind a failure, where asked to", async () => {
    if (!language.dropsQueue) return;
    const kernel = await shared();
    // While this goes on, the other two come to wait in the kernel.
    const before = readAll(kernel.execute(language.printNumbers(500)));
    const failing = kernel.execute(language.fail, { stopOnError: true });
    const behind = kernel.execute(language.print("behind"));
    const reading = readAll(behind);
    expect((await before).error).toBeNull();
    expect(await failing.reply).toMatchObject({ status: "error" });
    const { printed, error } = await reading;
    expect({ printed, error, status: (await behind.reply).status }).toEqual({
      printed: "",
      error: null,
      status: "aborted",
    });
  });

  it("loses nothing of many outputs, in their order", async () => {
    const kernel = await shared();
    const { printed, error } = await readAll(kernel.execute(language.printNumbers(2_000)));
    expect(error).toBeNull();
    expect(printed.replaceAll("\r", "")).toBe(
      Array.from({ length: 2_000 }, (_, index) => `${index}\n`).join(""),
    );
  });

  it("stops when it is interrupted", async () => {
    const kernel = await shared();
    const { pid } = kernel;
    const execution = kernel.execute(language.hang);
    const { result } = await untilPrinted(execution, "begun");
    await kernel.interrupt();
    const { error } = await result;
    if (kernel.kernelspec.interruptMode === "none") {
      expect(error).toMatchObject({ code: "KERNEL_CLOSED" });
      expect(kernel.pid).not.toBe(pid);
    } else {
      expect(error).toBeNull();
      expect((await execution.reply).status).not.toBe("ok");
      expect(kernel.pid).toBe(pid);
    }
    expect((await readAll(kernel.execute(language.print("next")))).printed).toBe("next\n");
  });

  it("goes on when the waiting for it ends", async () => {
    const kernel = await shared();
    const given = new AbortController();
    const hanging = kernel.execute(language.hang, { signal: given.signal });
    const { result } = await untilPrinted(hanging, "begun");
    const late = kernel.execute(language.print("x"), { timeoutMs: 1 });
    expect((await readAll(late)).error).toMatchObject({ code: "EXECUTION_TIMED_OUT" });
    await expect(late.reply).rejects.toMatchObject({ code: "EXECUTION_TIMED_OUT" });
    given.abort(new Error("enough"));
    expect(await result).toMatchObject({
      // The end of the line may be a message of its own, which nobody waits for any more.
      printed: expect.stringMatching(/^begun\n?$/),
      error: { code: "EXECUTION_ABORTED", cause: new Error("enough") },
    });
    await kernel.interrupt();
    await readAll(kernel.execute(language.print("unless dropped")));
    expect((await readAll(kernel.execute(language.print("after")))).printed).toBe("after\n");
  });
}
