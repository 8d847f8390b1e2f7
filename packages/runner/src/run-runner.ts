import { randomUUID } from "node:crypto";
import type { ClaimedAttempt } from "@notemill/api";
import type { RunnerClient } from "@notemill/client";
import { NOTEMILL_VERSION, readLiveOutput } from "@notemill/executor";
import { createKernelPool, type KernelPool, type Kernelspec } from "@notemill/kernel";
import { openEnvironments } from "@notemill/kernel/environments";
import { executeAttempt, outputPath } from "./execute-attempt.ts";
import { createHoldings, type Holdings } from "./holdings.ts";
import { createKeptKernels, type KeptKernels } from "./kept-kernels.ts";
import { followOrders, type OrderTaker } from "./orders.ts";
import { isPassing, waitMs } from "./until-answered.ts";
import { attemptDirectory, clearAway } from "./work-directory.ts";

/** Options of {@link runRunner}. */
export interface RunnerOptions {
  readonly client: RunnerClient;
  /** Where the server is, for programs in kernels. */
  readonly serverUrl: string;
  /** Shown to people. */
  readonly name: string;
  /** How many attempts at a time. */
  readonly slots: number;
  /** What it has that runs may need, as `gpu` or `region=eu`. Default: nothing. */
  readonly labels?: readonly string[];
  /** Directory below which attempts have theirs. */
  readonly workDirectory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Directory of environments that runs ask for; built ones are shared by all processes. */
  readonly environmentsDirectory: string;
  /** Kernels that can be run without being installed. Default: none. */
  readonly builtInKernelspecs?: readonly Kernelspec[];
  /** How a kernel host is started, for a program that was bundled. Default: as the kernel package does. */
  readonly hostCommand?: readonly string[];
  /**
   * The server process that started this runner. When another one answers, or none
   * for a minute, the runner ends as soon as it has nothing to do. Default: it stays.
   */
  readonly startedBy?: string;
  /** Aborts to take no more attempts, and to end when those under way are over. */
  readonly drain: AbortSignal;
  /** Aborts to stop those under way too: they are tried again elsewhere. */
  readonly stop: AbortSignal;
  /** Told what happens, for a person's eyes. */
  readonly report: (message: string) => void;
}

/** How long a claim waits at the server, in milliseconds. */
const CLAIM_WAIT_MS = 20_000;

/** How much longer an answer may be on its way: a network can lose a connection without a word. */
const ANSWER_MS = 10_000;

/** How long a kernel may take at most to end a cell that was interrupted, in milliseconds. */
const INTERRUPT_GRACE_MS = 2000;

/** How long the server may take to hear that the runner ends, in milliseconds. */
const LEAVE_MS = 2000;

/** How long a runner that was started by a server waits for it to come back, in milliseconds. */
const ALONE_MS = 60_000;

/**
 * Claims attempts and executes them until it is told to end. The server may go
 * away and come back: what was claimed goes on, and is handed in then.
 *
 * @throws what the server refuses, such as a wrong token.
 */
export async function runRunner(options: RunnerOptions): Promise<void> {
  const { client, drain, slots, report } = options;
  const runner = {
    id: randomUUID(),
    name: options.name,
    slots,
    version: NOTEMILL_VERSION,
    labels: [...(options.labels ?? [])],
  };
  const running = new Set<Promise<void>>();
  // Disposed of last: a kernel that was forked dies with its fork server.
  await using pool = createKernelPool();
  let leaseMs = Number.POSITIVE_INFINITY;
  let troubles = 0;
  await clearAway(options.workDirectory).catch((error: unknown) =>
    report(`cannot clear away what earlier runners have left: ${String(error)}`),
  );
  const holdings = createHoldings(client, runner.id, options.stop);
  await using _beating = holdings;
  const kept = createKeptKernels(client, runner.id, report);
  const following = new AbortController();
  const orders = followOrders(client, runner.id, orderTaker(options, holdings, kept), following.signal);
  let tries = 0;
  let seenAt = performance.now();
  try {
    while (!drain.aborted) {
      if (running.size >= slots) {
        await Promise.race([...running, aborted(drain)]);
        continue;
      }
      try {
        const limit = slots - running.size;
        const claim = { runner, limit, wait_ms: CLAIM_WAIT_MS, started_by: options.startedBy ?? null };
        const askedAt = performance.now();
        const signal = AbortSignal.any([drain, AbortSignal.timeout(CLAIM_WAIT_MS + ANSWER_MS)]);
        const answer = await client.claim(claim, { signal });
        if (tries > 0) report("the server is back");
        tries = 0;
        seenAt = performance.now();
        leaseMs = answer.lease_ms;
        holdings.settings({ leaseMs, heartbeatMs: answer.heartbeat_ms });
        for (const attempt of answer.attempts) start(attempt, askedAt + answer.waited_ms);
        if (answer.superseded) break;
        if (troubles > 0) await Promise.race([wait(troubleMs(troubles)), aborted(drain)]);
      } catch (error) {
        if (drain.aborted) break;
        const isLate = error instanceof DOMException && error.name === "TimeoutError";
        if (!isLate && !isPassing(error)) throw error;
        if (tries === 0) report(`the server does not answer; trying again: ${(error as Error).message}`);
        const isIdle = running.size === 0 && kept.size === 0;
        if (options.startedBy !== undefined && isIdle && performance.now() - seenAt > ALONE_MS) break;
        await Promise.race([wait(waitMs(tries)), aborted(drain)]);
        tries += 1;
      }
    }
  } finally {
    if (running.size > 0) report(`waiting for ${running.size} attempts to end`);
    await Promise.all(running);
    // Kernels that are kept stay as long as they may, unless somebody wants the runner to end.
    while (kept.size > 0 && !drain.aborted) await Promise.race([kept.changed(), aborted(drain)]);
    await kept[Symbol.asyncDispose]();
    following.abort();
    await orders;
    // For people who look who is there: nothing depends on it.
    await client.leave(runner.id, { signal: AbortSignal.timeout(LEAVE_MS) }).catch(() => undefined);
  }

  function start(attempt: ClaimedAttempt, since: number): void {
    const execution = execute(attempt, { ...options, holdings, kept, pool, since, leaseMs })
      .then((isMine) => {
        // Trouble of this machine seldom comes alone: others are to have the next ones.
        troubles = isMine ? 0 : troubles + 1;
      })
      .finally(() => running.delete(execution));
    running.add(execution);
  }
}

/** @returns Whether it came to an end that is not this machine's fault. */
async function execute(
  attempt: ClaimedAttempt,
  options: RunnerOptions & {
    readonly holdings: Holdings;
    readonly kept: KeptKernels;
    readonly pool: KernelPool;
    readonly since: number;
    readonly leaseMs: number;
  },
): Promise<boolean> {
  const { client, serverUrl, name, workDirectory, env, report, holdings, kept, pool, since, leaseMs } =
    options;
  const { builtInKernelspecs = [], environmentsDirectory, hostCommand } = options;
  const what = `run ${attempt.run_id}, attempt ${attempt.number}`;
  report(`${what} begins: ${attempt.path}`);
  using held = holdings.hold(attempt, since);
  const directory = attemptDirectory(workDirectory, attempt.id);
  try {
    await executeAttempt(attempt, {
      client,
      serverUrl,
      runnerName: name,
      directory,
      env,
      builtInKernelspecs,
      environments: openEnvironments(environmentsDirectory, env),
      startKernel: pool.acquire,
      hostCommand,
      kept,
      ...held,
      // What is left of a lease that is given up has to be enough.
      interruptGraceMs: Math.min(INTERRUPT_GRACE_MS, leaseMs / 10),
    });
    report(`${what} is over`);
    return true;
  } catch (error) {
    // The server sees that nobody has the attempt any more, and says so in its record.
    report(`${what} was given up: ${error instanceof Error ? error.message : String(error)}`);
    return held.lost.aborted;
  }
}

/** How long to take nothing after so many failures of this machine in a row, in milliseconds. */
function troubleMs(troubles: number): number {
  return Math.min(30_000, 500 * 2 ** troubles);
}

/** What the server may want beside attempts. */
function orderTaker(
  { client, workDirectory, report }: RunnerOptions,
  holdings: Holdings,
  kept: KeptKernels,
): OrderTaker {
  return {
    known: () => ({ stopping: holdings.stopping, executing: kept.executing }),
    cancel: (attemptId) => holdings.cancel(attemptId),
    execute: (execution) => kept.execute(execution),
    interrupt: (executionId) => kept.interrupt(executionId),
    endKernel: (attemptId) => kept.end(attemptId),
    async sendNotebook(attemptId) {
      const fence = holdings.fenceOf(attemptId);
      if (fence === undefined) return;
      try {
        const path = outputPath(attemptDirectory(workDirectory, attemptId));
        const text = await readLiveOutput(path, () => randomUUID().slice(0, 8));
        await client.putLiveNotebook(attemptId, { fence, bytes: Buffer.from(text) });
      } catch (error) {
        // It has none yet, or has just ended; whoever wants it asks again.
        report(`the notebook of attempt ${attemptId} was not sent: ${(error as Error).message}`);
      }
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
