import { setImmediate as nextTurn } from "node:timers/promises";
import { isJsonObject, parseJson } from "@notemill/json";
import type { KernelInfo, KernelMessage, MessageBytes } from "@notemill/messaging";
import {
  comesInPieces,
  MessagingError,
  readKernelInfo,
  readMessage,
  readMessagePieces,
  writeMessage,
} from "@notemill/messaging";
import { deathError } from "../death-error.ts";
import type { LossReason } from "../execution-stream.ts";
import { KernelClient } from "../kernel-client.ts";
import { KernelError } from "../kernel-error.ts";
import { executionHabits } from "../kernel-quirks.ts";
import type { ExecutionHabits } from "../kernel-quirks.ts";
import type { ExecuteOptions, Execution, KernelDeath } from "../kernel.ts";
import type { Kernelspec } from "../kernelspec.ts";
import type { Throttle } from "../throttle.ts";
import { createThrottle } from "../throttle.ts";
import type { HostConnection } from "./host-connection.ts";
import type {
  AttachedFrame,
  ByeReason,
  HostAnswer,
  HostCall,
  HostFrame,
  KernelEventFrame,
  MessageRecord,
} from "./host-protocol.ts";
import { messageBytes, messageParts } from "./host-protocol.ts";
import type { DriverListener, KernelWarning } from "./hosted-kernel.ts";
import { fromWireError } from "./wire-error.ts";

/** What a {@link HostDriver} begins with. */
export interface HostDriverOptions {
  readonly connection: HostConnection;
  readonly listener: DriverListener;
  /** The record from which on messages are wanted; `null` for the first that no driver has acknowledged. */
  readonly firstSequence: number | null;
  /** Whether they flow already, or only from {@link HostDriver.begin} on. */
  readonly isFlowing: boolean;
}

/** What the host says of the kernel when it takes a driver. */
export interface Attached extends AttachedFrame {
  readonly info: KernelInfo;
  readonly kernelspec: Kernelspec;
}

/**
 * What a driver makes of the frames from a kernel host: a client for each life
 * of the kernel, fed with every record once and in order.
 */
export class HostDriver {
  readonly #throttle: Throttle;
  readonly #attached = Promise.withResolvers<Attached>();
  readonly #connection: HostConnection;
  readonly #listener: DriverListener;
  readonly #calls = new Map<number, (answer: HostAnswer) => void>();
  readonly #listeners = new Map<(message: KernelMessage) => void, () => void>();
  readonly #sequences = new WeakMap<KernelMessage, number>();
  /** Executions that were gone on with: each has a client of its own, which outlives a life of the kernel. */
  readonly #resumed = new Map<string, ResumedExecution>();
  /** Those waiting for a record that is behind something they asked for. */
  readonly #waiting = new Set<{ readonly sequence: number; readonly resolve: () => void }>();
  #client: KernelClient;
  #info: KernelInfo | null = null;
  #habits: ExecutionHabits = {};
  #pid = 0;
  #died = Promise.withResolvers<KernelDeath>();
  #ended: Error | null = null;
  #expected: number | null;
  #lastSequence = 0;
  #isFlowing: boolean;
  /** The execution whose records come at the moment, out of order. */
  #current: KernelClient | null = null;
  #bye: ByeReason | Error | null = null;
  #callCount = 0;
  /** The first record that was not there when this driver attached. */
  #firstOwn = 0;
  #openInputs: ReadonlySet<string> = new Set();
  /** Executions that an earlier driver has asked for and that go on. */
  #former: ReadonlySet<string> = new Set();

  constructor({ connection, listener, firstSequence, isFlowing }: HostDriverOptions) {
    this.#connection = connection;
    this.#listener = listener;
    this.#expected = firstSequence;
    this.#isFlowing = isFlowing;
    // What the readers are behind with stays in the spool; the kernel need not be stopped.
    this.#throttle = createThrottle({
      process: { signalGroup: () => {} },
      onStop: () => connection.pause(),
      onGo: () => connection.resume(),
    });
    this.#client = this.#newClient();
    connection.onFrame = (frame, parts) => this.take(frame, parts);
  }

  /** Resolves when the host has taken this driver. */
  get attached(): Promise<Attached> {
    return this.#attached.promise;
  }

  get client(): KernelClient {
    return this.#client;
  }

  /** What the kernel said of itself, last; `null` before it is attached. */
  get info(): KernelInfo | null {
    return this.#info;
  }

  get pid(): number {
    return this.#pid;
  }

  get died(): Promise<KernelDeath> {
    return this.#died.promise;
  }

  get lastSequence(): number {
    return this.#lastSequence;
  }

  /** What the host said last: why it ended the connection; `null` when it said nothing. */
  get bye(): ByeReason | Error | null {
    return this.#bye;
  }

  sequenceOf(message: KernelMessage): number | null {
    return this.#sequences.get(message) ?? null;
  }

  /** Lets messages flow, now that there is somebody to take them. */
  begin(): void {
    if (this.#isFlowing) return;
    this.#isFlowing = true;
    this.#connection.send({ type: "flow", sequence: this.#expected });
  }

  /** Calls `listener` with every iopub message, over all lives of the kernel. */
  onIopub(listener: (message: KernelMessage) => void): () => void {
    // A listener may be added twice, and then counts twice.
    const own = (message: KernelMessage): void => listener(message);
    this.#listeners.set(own, this.#client.onIopub(own));
    this.begin();
    return () => {
      this.#listeners.get(own)?.();
      this.#listeners.delete(own);
    };
  }

  /** Follows an execution from its first message on. */
  resume(msgId: string, sequence: number, options: ExecuteOptions): Execution {
    this.begin();
    const client = this.#newClient();
    const execution = client.follow(msgId, options);
    this.#resumed.set(msgId, { client, sequence, isPending: true });
    this.#connection.send({ type: "resume", msgId, sequence });
    return execution;
  }

  /**
   * Asks the host for something and waits until it is done, and its records have come.
   *
   * @throws {@link KernelError} what the host answers, or why there is no answer.
   */
  async call(method: HostCall["method"], fields: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const call = ++this.#callCount;
    const { promise, resolve } = Promise.withResolvers<HostAnswer | null>();
    this.#calls.set(call, resolve);
    void this.#connection.closed.then(() => resolve(null));
    this.#connection.send({ type: "call", call, method, ...fields });
    const answer = await promise;
    this.#calls.delete(call);
    if (answer?.error) throw fromWireError(answer.error);
    if (answer) await this.#until(answer.sequence);
    else if (this.#bye !== "released") throw this.#ended ?? hostDied();
  }

  /** Lets everything come, whoever is behind. */
  lift(): void {
    this.#throttle.lift();
  }

  /** Takes in one frame; the next one waits for the promise, if there is one. */
  take(frame: HostFrame, parts: readonly Uint8Array[]): Promise<void> | undefined {
    if (frame.type === "message") return this.#takeMessage(frame, parts);
    this.#takeOther(frame, parts);
    return undefined;
  }

  #takeOther(frame: Exclude<HostFrame, MessageRecord>, parts: readonly Uint8Array[]): void {
    switch (frame.type) {
      case "event":
        this.#takeEvent(frame, parts);
        return;
      case "answer":
        this.#calls.get(frame.call)?.(frame);
        return;
      case "notice":
        this.#warn({ ...frame.error, code: "KERNEL_SPOOL_FAILED" });
        return;
      case "resume-begun":
        this.#current = this.#resumed.get(frame.msgId)?.client ?? null;
        return;
      case "resume-ended":
        this.#endResume(frame.msgId, frame.error && fromWireError(frame.error));
        return;
      case "bye":
        this.#bye ??= frame.reason;
        return;
      case "refused":
        this.#bye = fromWireError(frame.error);
        return;
      case "attached":
        this.#attach(frame, parts);
        return;
      case "status":
    }
  }

  /** Fails everything that waits: no more will come. */
  end(error: Error): void {
    this.#ended = error;
    this.#client.end(error);
    for (const { client } of this.#resumed.values()) client.end(error);
    for (const { resolve } of this.#waiting) resolve();
    this.#throttle.lift();
  }

  /** Says that the kernel died without its host being able to tell. */
  die(death: KernelDeath): void {
    this.#died.resolve(death);
  }

  #attach(frame: AttachedFrame, parts: readonly Uint8Array[]): void {
    this.#pid = frame.pid;
    this.#info = readInfo(parts[0]);
    this.#expected ??= frame.acknowledged + 1;
    this.#firstOwn = frame.nextSequence;
    this.#openInputs = new Set(frame.openInputs);
    this.#former = new Set(frame.unfinished);
    if (frame.death) this.#died.resolve(frame.death);
    const kernelspec = parseJson(Buffer.from(parts[1] ?? []).toString()) as unknown as Kernelspec;
    this.#habits = executionHabits(kernelspec);
    this.#attached.resolve({ ...frame, info: this.#info, kernelspec });
  }

  #takeMessage(record: MessageRecord, parts: readonly Uint8Array[]): Promise<void> | undefined {
    if (!this.#current && !this.#advance(record.sequence)) return undefined;
    if (this.#isAnswered(record)) return undefined;
    try {
      const bytes = messageBytes(parts);
      if (comesInPieces(bytes)) return this.#deliverPieces(record, bytes);
      this.#deliver(record, readMessage(record.channel, bytes));
    } catch (error) {
      this.#noteUnreadable(record, error);
    }
    return undefined;
  }

  /** Delivers a large message piece by piece, so that its reader can keep up and forget what it has read. */
  async #deliverPieces(record: MessageRecord, bytes: MessageBytes): Promise<void> {
    try {
      for (const piece of readMessagePieces(record.channel, bytes)) {
        this.#deliver(record, piece);
        await nextTurn();
        await this.#connection.whenOpen();
      }
    } catch (error) {
      this.#noteUnreadable(record, error);
    }
  }

  #deliver(record: MessageRecord, message: KernelMessage): void {
    this.#sequences.set(message, record.sequence);
    if (!this.#current) this.#client.notify(message);
    this.#clientOf(record)?.settle(message);
  }

  /** Who waits for what a request causes; nobody, where it is not wanted or comes again in its place. */
  #clientOf({ parent, sequence }: Pick<MessageRecord, "parent" | "sequence">): KernelClient | null {
    if (this.#current) return this.#current;
    const resumed = this.#resumed.get(parent);
    // What an earlier driver has asked for is nobody's until it is gone on with.
    if (!resumed) return this.#former.has(parent) ? null : this.#client;
    return resumed.isPending || sequence < resumed.sequence ? null : resumed.client;
  }

  /** It came from the kernel like this. No client could have read it. */
  #noteUnreadable(record: MessageRecord, error: unknown): void {
    if (!(error instanceof MessagingError)) throw error;
    this.#clientOf(record)?.lose(record.parent, "unreadable");
  }

  /** Whether it is a question to the user that an earlier driver has answered. */
  #isAnswered({ channel, sequence, msgId }: MessageRecord): boolean {
    return channel === "stdin" && sequence < this.#firstOwn && !this.#openInputs.has(msgId);
  }

  #takeEvent(event: KernelEventFrame, parts: readonly Uint8Array[]): void {
    if (this.#current) {
      if (event.event === "died") this.#current.end(deathError(event.death));
      if (event.event === "restarting") this.#current.end(restartError());
      if (event.event === "lost") this.#current.loseSome(event.reason);
      return;
    }
    if (!this.#advance(event.sequence)) return;
    switch (event.event) {
      case "died":
        this.#endLife(deathError(event.death));
        this.#died.resolve(event.death);
        return;
      case "restarting":
        this.#endLife(restartError());
        return;
      case "restarted":
        this.#beginLife(event.pid, readInfo(parts[0]));
        return;
      case "lost":
        this.#lose(event.sequence, event.parent, event.reason);
        return;
      case "output":
        this.#listener.onProcessOutput?.(event.stream, Buffer.from(parts[0] ?? []).toString());
    }
  }

  #lose(sequence: number, parent: string | null, reason: LossReason): void {
    if (parent === null) this.#loseSome(reason);
    else this.#clientOf({ parent, sequence })?.lose(parent, reason);
  }

  #loseSome(reason: LossReason): void {
    this.#client.loseSome(reason);
    for (const { client, isPending } of this.#resumed.values()) if (!isPending) client.loseSome(reason);
  }

  #endLife(error: Error): void {
    this.#ended = error;
    this.#client.end(error);
    for (const { client, isPending } of this.#resumed.values()) if (!isPending) client.end(error);
  }

  #beginLife(pid: number, info: KernelInfo): void {
    this.#pid = pid;
    this.#info = info;
    this.#died = Promise.withResolvers();
    this.#ended = null;
    this.#client = this.#newClient();
    for (const listener of this.#listeners.keys()) {
      this.#listeners.set(listener, this.#client.onIopub(listener));
    }
  }

  /** Counts a record; `false` for one that was here before. */
  #advance(sequence: number): boolean {
    const expected = this.#expected ?? sequence;
    if (sequence < expected) return false;
    if (sequence > expected) this.#warnOfLoss(expected, sequence - 1);
    this.#expected = sequence + 1;
    this.#lastSequence = sequence;
    for (const waiting of this.#waiting) if (waiting.sequence <= sequence) waiting.resolve();
    return true;
  }

  async #until(sequence: number): Promise<void> {
    if (this.#lastSequence >= sequence || this.#bye !== null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = { sequence, resolve };
    this.#waiting.add(waiting);
    await promise;
    this.#waiting.delete(waiting);
  }

  #endResume(msgId: string, error: Error | null): void {
    const resumed = this.#resumed.get(msgId);
    this.#current = null;
    if (!resumed) return;
    resumed.isPending = false;
    if (error) resumed.client.end(error);
    // Its life is over, and the record that says so has gone by or is lost.
    else if (this.#ended) resumed.client.end(this.#ended);
  }

  #newClient(): KernelClient {
    const connection = this.#connection;
    const client = new KernelClient({
      onBacklog: this.#throttle.onBacklog,
      habits: () => this.#habits,
    });
    client.attach({
      send(channel, message) {
        connection.send({ type: "message", channel }, messageParts(writeMessage(message)));
      },
      close() {},
    });
    return client;
  }

  #warnOfLoss(from: number, to: number): void {
    this.#loseSome("no-room");
    this.#warn({
      code: "KERNEL_OUTPUT_LOST",
      message: `messages ${from} to ${to} of the kernel were lost: the spool had no room for them`,
      details: { from, to, count: to - from + 1 },
    });
  }

  #warn(warning: KernelWarning): void {
    if (this.#listener.onWarning) this.#listener.onWarning(warning);
    else process.emitWarning(warning.message, { code: warning.code });
  }
}

interface ResumedExecution {
  readonly client: KernelClient;
  /** The first record that is wanted. */
  readonly sequence: number;
  /** Its records of before are on their way, so that those of now are not its own yet. */
  isPending: boolean;
}

function readInfo(bytes: Uint8Array | undefined): KernelInfo {
  const value = parseJson(Buffer.from(bytes ?? []).toString());
  return readKernelInfo(isJsonObject(value) ? value : {});
}

function restartError(): KernelError {
  return new KernelError("KERNEL_CLOSED", "the kernel was restarted");
}

function hostDied(): KernelError {
  return new KernelError("KERNEL_HOST_DIED", "the kernel host died, and the kernel with it");
}
