import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AttemptFacts, ClaimedAttempt, Complete, Failure } from "@notemill/api";
import type { RunnerClient } from "@notemill/client";
import type { ProcessHold } from "@notemill/compute";
import { isCodedError } from "@notemill/errors";
import {
  createRedactor,
  type KeptKernel,
  readSource,
  runNotebook,
  type RunEvent,
  type Redactor,
  type RunFailure,
  type RunSource,
} from "@notemill/executor";
import { isJsonObject, parseJson } from "@notemill/json";
import type { KernelPool, Kernelspec } from "@notemill/kernel";
import type { Environments } from "@notemill/kernel/environments";
import { type ParameterMap, parametersFromJson } from "@notemill/parameters";
import { openLocation } from "@notemill/storage";
import { type AttemptEnvironment, attemptEnvironment } from "./attempt-environment.ts";
import { boundedFailure } from "./bounded-failure.ts";
import { attemptFacts } from "./attempt-facts.ts";
import { attemptScraps } from "./attempt-scraps.ts";
import { createEventSender, type EventSender } from "./event-sender.ts";
import { goOn, resumedFacts } from "./go-on.ts";
import { type KeptEntry, type KeptKernels, stopHost } from "./kept-kernels.ts";
import { fetchSource } from "./fetch-source.ts";
import { keepArtifacts } from "./keep-artifacts.ts";
import { kernelEnvironment } from "./kernel-environment.ts";
import { type SecretEnvironment, secretEnvironment } from "./secret-environment.ts";
import { holdAttempt, holdFacts, holdFailure } from "./hold-attempt.ts";
import { openGrowingFiles, readRecordFiles } from "./record-files.ts";
import { RunnerError } from "./runner-error.ts";
import { untilAnswered } from "./until-answered.ts";
import { createWireForm } from "./wire-event.ts";

/** What stops an attempt before its end, as it goes into the message. */
export type StopReason = "a request" | "the loss of its lease" | "the end of its runner";

/** What {@link executeAttempt} works with. */
export interface AttemptOptions {
  readonly client: RunnerClient;
  readonly serverUrl: string;
  readonly runnerName: string;
  /** Directory for this attempt alone; gone afterwards. */
  readonly directory: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly builtInKernelspecs: readonly Kernelspec[];
  readonly environments: Environments;
  readonly startKernel: KernelPool["acquire"];
  /** How a kernel host is started, for a program that was bundled. */
  readonly hostCommand?: readonly string[] | undefined;
  /** Takes the kernel of an attempt that failed, and gives it to one that goes on in it. */
  readonly kept: Pick<KeptKernels, "keep" | "take">;
  /** Aborts with a {@link StopReason}. */
  readonly stop: AbortSignal;
  /** Aborts when nothing is to be handed in any more: somebody else has the attempt. */
  readonly lost: AbortSignal;
  /** Is called when the server says that somebody else has the attempt; aborts `lost`. */
  readonly giveUp: () => void;
  /** Is called when the end of the attempt is being handed in: from then on the answer to that says whose it is. */
  readonly handIn: () => void;
  /** How long a kernel may take to end a cell that was interrupted, in milliseconds. */
  readonly interruptGraceMs: number;
}

/** How an execution ended, as the server is told. */
interface Result {
  readonly status: "succeeded" | "failed" | "cancelled" | "timed_out" | "lost";
  readonly failure: Failure | null;
  readonly facts: AttemptFacts | null;
  readonly scraps?: Complete["scraps"];
  readonly keptKernel?: KeptKernel | undefined;
}

/**
 * Executes an attempt in a fresh directory made from its source, tells the server
 * what happens, and hands in the record. Resolves when the server has it, or when
 * the attempt is no longer this runner's; then no kernel is left either.
 */
export async function executeAttempt(attempt: ClaimedAttempt, options: AttemptOptions): Promise<void> {
  const { client, directory, lost, kept } = options;
  const { id, fence } = attempt;
  const work = join(directory, "work");
  const outputs = join(directory, "outputs");
  const record = join(directory, "record");
  // Without secrets nothing has to be looked for.
  const redactor = attempt.secrets.length === 0 ? undefined : createRedactor(attempt.secrets);
  const resumed = attempt.resumes === null ? undefined : await kept.take(attempt.resumes);
  const directories = [directory, ...(resumed?.directories ?? [])];
  const hold = resumed === undefined ? holdAttempt(attempt) : resumed.hold;
  const sender = createEventSender(client, attempt, { signal: lost, onLost: options.giveUp });
  let keptKernel: KeptKernel | undefined;
  let isKept = false;
  try {
    await mkdir(work, { recursive: true });
    await mkdir(record);
    await mkdir(outputs);
    const { keptKernel: left, ...result } = await execute(attempt, {
      ...options,
      work,
      record,
      outputs,
      redactor,
      resumed,
      hold,
      sender,
    });
    keptKernel = left;
    lost.throwIfAborted();
    for await (const file of readRecordFiles(record))
      await untilAnswered(() => client.putRecordFile(id, { ...file, fence }, { signal: lost }), lost);
    const until = keptKernel === undefined ? null : new Date(keptKernel.untilMs).toISOString();
    const { first, events } = await sender.rest();
    const complete = { ...result, fence, kernel_until: until, events: { first, events: [...events] } };
    // Kept before the server knows: somebody may want it the next moment.
    if (keptKernel !== undefined) {
      kept.keep({
        attemptId: id,
        kernel: keptKernel,
        directories,
        executed: [],
        redactor: redactor ?? createRedactor([]),
        hold,
      });
      isKept = true;
    }
    options.handIn();
    await untilAnswered(() => client.complete(id, complete, { signal: lost }), lost);
  } catch (error) {
    if (isKept) await kept.take(id);
    isKept = false;
    // It is this machine's trouble, such as a full disk, and not the notebook's: somebody else tries, and at once.
    if (!lost.aborted && !isLostProblem(error)) {
      const failure = thrownFailure(error, "RUN_FAILED");
      const result = { status: "lost", failure, facts: null, kernel_until: null } as const;
      await untilAnswered(() => client.complete(id, { ...result, fence }, { signal: lost }), lost);
    }
    throw error;
  } finally {
    if (!isKept) {
      const left = keptKernel ?? resumed?.kernel;
      if (left !== undefined) await stopHost(left.hostDir);
      await hold[Symbol.asyncDispose]();
      // What a kernel has left behind may still be ending.
      for (const it of directories) await rm(it, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

function isLostProblem(error: unknown): boolean {
  return isCodedError(error) && error.code === "ATTEMPT_LOST";
}

/** Where the output notebook of an attempt grows, in the attempt's directory. */
export function outputPath(directory: string): string {
  return join(directory, "record", "output.ipynb");
}

async function execute(
  attempt: ClaimedAttempt,
  options: AttemptOptions & {
    readonly work: string;
    readonly record: string;
    readonly outputs: string;
    readonly redactor: Redactor | undefined;
    readonly resumed: KeptEntry | undefined;
    readonly hold: ProcessHold;
    readonly sender: EventSender;
  },
): Promise<Result> {
  const { client, work, record, stop, lost, redactor, hold, sender } = options;
  const files = await openGrowingFiles(record);
  const wired = createWireForm();
  let facts: AttemptFacts | null = null;
  let hasSource = false;
  const onEvent = (event: RunEvent): void => {
    // The kernel has not been asked for anything yet.
    if (event.type === "kernel-ready" && event.pid !== undefined) hold.add(event.pid);
    if (event.type === "cell-finished") hold.look();
    const wires = wired(event, new Date());
    files.add(event, wires);
    for (const wire of wires) sender.push(wire);
  };
  try {
    const stopping = AbortSignal.any([stop, lost]);
    const { notebookPath, environment } = await fetchSource(client, attempt.source_hash, work, stopping);
    hasSource = true;
    const source = await readSource(openLocation(notebookPath));
    const parameters = readParameters(attempt);
    const secrets = secretEnvironment(parameters, attempt.secrets);
    const kernelName = attempt.kernel_name;
    const surroundings = { ...options, kernelName, parameters, environment };
    facts = await attemptFacts(source.notebook, surroundings);
    // A kernel that is gone on in has been started already.
    const built =
      attempt.resumes === null
        ? await attemptEnvironment(options.environments, environment, stopping)
        : undefined;
    if (built !== undefined)
      facts = await attemptFacts(source.notebook, { ...surroundings, kernelspec: built.kernelspec });
    const outcome = await run(attempt, {
      ...options,
      source,
      parameters,
      secrets,
      redactor,
      environment: built,
      onEvent,
    });
    const how = outcome.keptKernel === undefined ? "move" : "copy";
    const leftOut = await keepArtifacts(outputsOf(options), record, {
      how,
      ...(redactor === undefined ? {} : { redactor }),
    });
    if (leftOut !== null) onEvent(leftOut);
    facts = {
      ...facts,
      ...holdFacts(attempt, hold),
      resumed: resumedFacts(options.resumed),
    };
    if (stop.reason === "the end of its runner") return { status: "lost", failure: stopped(), facts };
    const failed = outcome.failure === undefined ? null : failureOf(outcome.failure);
    const failure = holdFailure(failed, attempt, hold);
    // The executor's `starting` and `running` are never how a run has ended.
    const isOver = outcome.status !== "starting" && outcome.status !== "running";
    // A record without its notebook is none; another machine may have the room for it.
    const status = isOver && failure?.code !== "OUTPUT_NOT_SAVED" ? outcome.status : "lost";
    const scraps = attemptScraps(outcome.notebook);
    return { status, failure, facts, scraps, keptKernel: outcome.keptKernel };
  } catch (error) {
    // Without its source an attempt has not been tried.
    if (lost.aborted || (!hasSource && !stop.aborted)) throw error;
    if (stop.reason === "the end of its runner") return { status: "lost", failure: stopped(), facts };
    if (stop.aborted) return { status: "cancelled", failure: thrownFailure(error, "RUN_CANCELLED"), facts };
    return { status: "failed", failure: thrownFailure(error, "RUN_FAILED"), facts };
  } finally {
    hold.rest();
    await files.close();
  }
}

function run(
  attempt: ClaimedAttempt,
  options: AttemptOptions & {
    readonly work: string;
    readonly record: string;
    readonly outputs: string;
    readonly resumed: KeptEntry | undefined;
    readonly source: RunSource;
    readonly parameters: ParameterMap;
    readonly environment: AttemptEnvironment | undefined;
    readonly secrets: SecretEnvironment;
    readonly redactor: Redactor | undefined;
    readonly onEvent: (event: RunEvent) => void;
  },
): ReturnType<typeof runNotebook> {
  const { source, parameters, environment, work, record, startKernel, stop, lost, onEvent } = options;
  const { builtInKernelspecs, interruptGraceMs } = options;
  const { path, run_id: runId, number, timeouts } = attempt;
  const limits = {
    startTimeoutMs: timeouts.start_ms,
    cellTimeoutMs: timeouts.cell_ms,
    runTimeoutMs: timeouts.run_ms,
    keepKernelMs: attempt.keep_kernel_ms,
    signal: AbortSignal.any([stop, lost]),
    interruptGraceMs,
    ...(options.redactor === undefined ? {} : { redactor: options.redactor }),
    onEvent,
  };
  if (attempt.resumes !== null) return goOn(options, limits);
  const env = kernelEnvironment(
    options.env,
    { runId, number, outputs: options.outputs },
    {
      server: { url: options.serverUrl, token: attempt.token },
      secrets: options.secrets.variables,
      traceparent: attempt.traceparent,
    },
  );
  return runNotebook({
    ...limits,
    ...(options.hostCommand === undefined ? {} : { hostCommand: options.hostCommand }),
    source,
    // These name the notebook; braces in them are no templates.
    inputPath: path.replaceAll(/[{}]/g, "$&$&"),
    outputPath: `/runs/${runId}/${number}/output.ipynb`,
    openLocation: () => openLocation(join(record, "output.ipynb")),
    parameters,
    environmentParameters: options.secrets.environmentParameters,
    ...(attempt.kernel_name === null ? {} : { kernelName: attempt.kernel_name }),
    ...(environment === undefined
      ? {}
      : {
          chooseEnvironment: async () => ({
            kernelspec: environment.kernelspec,
            env: environment.variables(env),
          }),
        }),
    cwd: work,
    builtInKernelspecs,
    // A kernel that may be kept has a host of its own, and not a place in the pool.
    ...(attempt.keep_kernel_ms > 0 ? {} : { startKernel }),
    env,
  });
}

/** Where the kernel leaves its outputs: one that is gone on in, where it was told at its start. */
function outputsOf({
  outputs,
  resumed,
}: {
  readonly outputs: string;
  readonly resumed: KeptEntry | undefined;
}): string {
  const first = resumed?.directories.at(-1);
  return first === undefined ? outputs : join(first, "outputs");
}

function readParameters({ parameters }: ClaimedAttempt): ParameterMap {
  const value = parseJson(parameters.text);
  return parametersFromJson(isJsonObject(value) ? value : {});
}

function failureOf(whole: RunFailure): Failure {
  const failure = boundedFailure(whole);
  return {
    code: failure.code,
    message: failure.message,
    cell_id: failure.cell_id ?? null,
    cell_index: failure.cell_index ?? null,
    ename: failure.ename ?? null,
    evalue: failure.evalue ?? null,
    traceback: [...(failure.traceback ?? [])],
  };
}

function thrownFailure(error: unknown, otherwise: string): Failure {
  const code = isCodedError(error) ? error.code : otherwise;
  return failureOf({ code, message: error instanceof Error ? error.message : String(error) });
}

function stopped(): Failure {
  const { code, message } = new RunnerError("RUNNER_STOPPED", "the runner was stopped while the attempt ran");
  return failureOf({ code, message });
}
