import { rm } from "node:fs/promises";
import type { ExecutionResult, Orders } from "@notemill/api";
import type { RunnerClient } from "@notemill/client";
import { isCodedError } from "@notemill/errors";
import type { KeptKernel, Redactor } from "@notemill/executor";
import type { ProcessHold } from "@notemill/compute";
import { attachKernel } from "@notemill/kernel";
import { runInKept } from "./run-in-kept.ts";
import { untilAnswered } from "./until-answered.ts";

/** A kernel that outlived its attempt, and what it still needs. */
export interface KeptEntry {
  readonly attemptId: string;
  readonly kernel: KeptKernel;
  /** Directories that go with the kernel: that of its attempt, and of those it went on from. */
  readonly directories: readonly string[];
  /** Code that people have run in it since. */
  readonly executed: readonly string[];
  /** Takes the secrets of its attempt out of what it says. */
  readonly redactor: Redactor;
  /** Holds it, with all that it has started. */
  readonly hold: ProcessHold;
}

/** The kernels that a runner keeps after failed attempts. Disposing of it ends them. */
export interface KeptKernels extends AsyncDisposable {
  readonly size: number;
  /** Executions that are under way. */
  readonly executing: readonly string[];
  keep(entry: KeptEntry): void;
  /** Gives a kernel to an attempt that goes on in it, once it is idle; it is then kept no longer. */
  take(attemptId: string): Promise<KeptEntry | undefined>;
  execute(execution: Orders["executions"][number]): void;
  interrupt(executionId: string): void;
  /** Ends a kernel that nobody wants any longer, and what is executed in it. */
  end(attemptId: string): void;
  /** Resolves when a kernel is kept no longer; at once when there is none. */
  changed(): Promise<void>;
}

interface Kept {
  entry: KeptEntry;
  untilMs: number;
  timer: NodeJS.Timeout | undefined;
  /** What is under way in it: one execution after the other. */
  last: Promise<void>;
  isTaken: boolean;
}

/** Begins with none. */
export function createKeptKernels(
  client: Pick<RunnerClient, "appendOutputs" | "noteKernel">,
  runnerId: string,
  report: (message: string) => void,
): KeptKernels {
  const kept = new Map<string, Kept>();
  const executing = new Map<string, { readonly attemptId: string; readonly abort: AbortController }>();
  const over = new AbortController();
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const resolve of waiting.splice(0)) resolve();
  };

  const schedule = (it: Kept): void => {
    clearTimeout(it.timer);
    it.timer = setTimeout(() => void end(it), Math.max(0, it.untilMs - Date.now()));
  };
  const end = async (it: Kept): Promise<void> => {
    const { attemptId, kernel, directories, hold } = it.entry;
    if (it.isTaken || kept.get(attemptId) !== it) return;
    kept.delete(attemptId);
    clearTimeout(it.timer);
    await it.last;
    await stopHost(kernel.hostDir);
    await hold[Symbol.asyncDispose]();
    for (const directory of directories) await rm(directory, { recursive: true, force: true });
    await client.noteKernel(attemptId, { runner_id: runnerId, kernel_until: null }).catch(() => undefined);
    wake();
  };

  async function executeOne(
    it: Kept,
    { id, code }: Orders["executions"][number],
    signal: AbortSignal,
  ): Promise<void> {
    const { attemptId, kernel, redactor } = it.entry;
    clearTimeout(it.timer);
    it.entry = { ...it.entry, executed: [...it.entry.executed, code] };
    const sent = await runInKept(client, { id, code, runnerId, hostDir: kernel.hostDir, redactor, signal });
    it.untilMs = Date.now() + kernel.keepMs;
    const until = sent.result.status === "gone" ? null : new Date(it.untilMs).toISOString();
    const note = (): Promise<void> =>
      client.noteKernel(attemptId, { runner_id: runnerId, kernel_until: until }).catch(() => undefined);
    // Whoever waits hears why it is gone, and not only that it is.
    if (until !== null) await note();
    await finish(id, sent.count, { ...sent.result, kernel_until: until });
    if (until === null) await note();
    if (until === null) it.untilMs = 0;
    if (!it.isTaken) schedule(it);
  }
  const finish = async (id: string, first: number, result: ExecutionResult): Promise<void> => {
    const body = { runner_id: runnerId, first, outputs: [], result };
    await untilAnswered(() => client.appendOutputs(id, body, { signal: over.signal }), over.signal).catch(
      (error: unknown) => report(`the result of an execution was not handed in: ${String(error)}`),
    );
  };

  return {
    get size() {
      return kept.size;
    },
    get executing() {
      return [...executing.keys()];
    },
    keep(entry) {
      const it: Kept = {
        entry,
        untilMs: entry.kernel.untilMs,
        timer: undefined,
        last: Promise.resolve(),
        isTaken: false,
      };
      kept.set(entry.attemptId, it);
      schedule(it);
    },
    async take(attemptId) {
      const it = kept.get(attemptId);
      if (it === undefined) return undefined;
      it.isTaken = true;
      clearTimeout(it.timer);
      kept.delete(attemptId);
      await it.last;
      wake();
      return it.entry;
    },
    execute(execution) {
      const it = kept.get(execution.attempt_id);
      const abort = new AbortController();
      executing.set(execution.id, { attemptId: execution.attempt_id, abort });
      const done = (): void => void executing.delete(execution.id);
      if (it === undefined) {
        void finish(execution.id, 0, GONE).finally(done);
        return;
      }
      it.last = it.last
        .then(() => executeOne(it, execution, abort.signal))
        .catch((error: unknown) => report(`an execution has failed: ${String(error)}`))
        .finally(done);
    },
    interrupt: (executionId) => executing.get(executionId)?.abort.abort(),
    end(attemptId) {
      const it = kept.get(attemptId);
      for (const { attemptId: id, abort } of executing.values()) if (id === attemptId) abort.abort();
      if (it !== undefined) void end(it);
      else
        void client.noteKernel(attemptId, { runner_id: runnerId, kernel_until: null }).catch(() => undefined);
    },
    changed: () =>
      kept.size === 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve)),
    async [Symbol.asyncDispose]() {
      for (const { abort } of executing.values()) abort.abort();
      await Promise.all([...kept.values()].map(end));
      over.abort();
      waiting = [];
    },
  };
}

const GONE: ExecutionResult = {
  status: "gone",
  message: "the kernel is no longer kept",
  execution_count: null,
  kernel_until: null,
};

/** Ends a kernel and its host, whoever is attached. */
export async function stopHost(hostDir: string): Promise<void> {
  try {
    // Whoever attaches and ends it leaves nothing behind.
    const kernel = await attachKernel(hostDir, { takeOver: true });
    await kernel.shutdown({ mode: "immediate" });
  } catch (error) {
    if (!isCodedError(error)) throw error;
  }
}
