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
import { KernelClient } from "../kernel-client.ts";
import { KernelError } from "../kernel-error.ts";
import { executionHabits } from "../kernel-quirks.ts";
import type { ExecutionHabits } from "../kernel-quirks.ts";
import type { ExecuteOptions, Execution, KernelDeath } from "../kernel.ts";
import type { Kernelspec } from "../kernelspec.ts";
import type { Throttle } from "../throttle.ts";
import { createThrottle } from "../throttle.ts";
import { ExecutionClients } from "./execution-clients.ts";
import type { HostCalls } from "./host-calls.ts";
import { createHostCalls, hostGone } from "./host-calls.ts";
import type { HostConnection } from "./host-connection.ts";
import type {
  AttachedFrame,
  ByeReason,
  HostCall,
  HostFrame,
  KernelEventFrame,
  MessageRecord,
} from "./host-protocol.ts";
import { messageBytes, messageParts } from "./host-protocol.ts";
import type { DriverListener, KernelWarning } from "./hosted-kernel.ts";
import type { RecordOrder } from "./record-order.ts";
import { createRecordOrder } from "./record-order.ts";
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

/** What a driver makes of the frames from a kernel host: it gives every record on, once and in order. */
export class HostDriver {
  readonly clients: ExecutionClients;
  readonly #connection: HostConnection;
  readonly #listener: DriverListener;
  readonly #order: RecordOrder;
  readonly #calls: HostCalls;
  readonly #throttle: Throttle;
  readonly #attached = Promise.withResolvers<Attached>();
  readonly #sequences = new WeakMap<KernelMessage, number>();
  #info: KernelInfo | null = null;
  #habits: ExecutionHabits = {};
  #pid = 0;
  #died = Promise.withResolvers<KernelDeath>();
  #isFlowing: boolean;
  #bye: ByeReason | Error | null = null;
  /** The first record that was not there when this driver attached. */
  #firstOwn = 0;
  /** Questions to the user from before that nobody has answered. */
  #openInputs: ReadonlySet<string> = new Set();

  constructor({ connection, listener, firstSequence, isFlowing }: HostDriverOptions) {
    this.#connection = connection;
    this.#listener = listener;
    this.#isFlowing = isFlowing;
    this.#order = createRecordOrder(firstSequence, (from, to) => this.#noteGap(from, to));
    this.#calls = createHostCalls(connection);
    // What the readers are behind with stays in the spool; the kernel need not be stopped.
    this.#throttle = createThrottle({
      process: { signalGroup: () => {} },
      onStop: () => connection.pause(),
      onGo: () => connection.resume(),
    });
    this.clients = new ExecutionClients(() => this.#makeClient());
    connection.onFrame = (frame, parts) => this.take(frame, parts);
  }

  /** Resolves when the host has taken this driver. */
  get attached(): Promise<Attached> {
    return this.#attached.promise;
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
    return this.#order.last;
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
    this.#connection.send({ type: "flow", sequence: this.#order.next });
  }

  /** Follows an execution from its first message on, or from a later record. */
  resume(msgId: string, sequence: number, options: ExecuteOptions): Execution {
    this.begin();
    const execution = this.clients.resume(msgId, sequence, options);
    this.#connection.send({ type: "resume", msgId, sequence });
    return execution;
  }

  /**
   * Asks the host for something and waits until it is done, and its records have come.
   *
   * @throws {@link KernelError} what the host answers, or why there is no answer.
   */
  async call(method: HostCall["method"], fields?: Readonly<Record<string, unknown>>): Promise<void> {
    const answer = await this.#calls.call(method, fields);
    if (answer) await this.#order.until(answer.sequence);
    else if (this.#bye !== "released") throw this.clients.ended ?? hostGone();
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

  /** Fails everything that waits: no more will come. */
  end(error: Error): void {
    this.clients.end(error);
    this.#order.close();
    this.#throttle.lift();
  }

  /** Says that the kernel died without its host being able to tell. */
  die(death: KernelDeath): void {
    this.#died.resolve(death);
  }

  #takeOther(frame: Exclude<HostFrame, MessageRecord>, parts: readonly Uint8Array[]): void {
    switch (frame.type) {
      case "event":
        if (this.clients.isReplaying || this.#order.advance(frame.sequence)) this.#takeEvent(frame, parts);
        return;
      case "answer":
        this.#calls.take(frame);
        return;
      case "notice":
        this.#warn({ ...frame.error, code: "KERNEL_SPOOL_FAILED" });
        return;
      case "resume-begun":
        this.clients.beginReplay(frame.msgId);
        return;
      case "resume-ended":
        if (frame.error) this.clients.failReplay(frame.msgId, fromWireError(frame.error));
        this.clients.endReplay(frame.msgId, frame.isOver);
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

  #attach(frame: AttachedFrame, parts: readonly Uint8Array[]): void {
    this.#pid = frame.pid;
    this.#info = readInfo(parts[0]);
    this.#order.beginAt(frame.acknowledged + 1);
    this.#firstOwn = frame.nextSequence;
    this.#openInputs = new Set(frame.openInputs);
    this.clients.leaveAlone(frame.unfinished);
    if (frame.death) this.#died.resolve(frame.death);
    const kernelspec = parseJson(Buffer.from(parts[1] ?? []).toString()) as unknown as Kernelspec;
    this.#habits = executionHabits(kernelspec);
    this.#attached.resolve({ ...frame, info: this.#info, kernelspec });
  }

  #takeMessage(record: MessageRecord, parts: readonly Uint8Array[]): Promise<void> | undefined {
    if (!this.clients.isReplaying && !this.#order.advance(record.sequence)) return undefined;
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
    this.clients.deliver(record, message);
  }

  /** It came from the kernel like this. No client could have read it. */
  #noteUnreadable(record: MessageRecord, error: unknown): void {
    if (!(error instanceof MessagingError)) throw error;
    this.clients.lose("unreadable", record);
  }

  /** Whether it is a question to the user that an earlier driver has answered. */
  #isAnswered({ channel, sequence, msgId }: MessageRecord): boolean {
    return channel === "stdin" && sequence < this.#firstOwn && !this.#openInputs.has(msgId);
  }

  #takeEvent(event: KernelEventFrame, parts: readonly Uint8Array[]): void {
    switch (event.event) {
      case "died":
        if (!this.clients.isReplaying) this.#died.resolve(event.death);
        this.clients.endLife(deathError(event.death));
        return;
      case "restarting":
        this.clients.endLife(new KernelError("KERNEL_CLOSED", "the kernel was restarted"));
        return;
      case "restarted":
        this.#pid = event.pid;
        this.#info = readInfo(parts[0]);
        this.#died = Promise.withResolvers();
        this.clients.beginLife();
        return;
      case "lost":
        this.clients.lose(event.reason, parentOf(event));
        return;
      case "output":
        this.#listener.onProcessOutput?.(event.stream, Buffer.from(parts[0] ?? []).toString());
    }
  }

  #makeClient(): KernelClient {
    const connection = this.#connection;
    const client = new KernelClient({ onBacklog: this.#throttle.onBacklog, habits: () => this.#habits });
    client.attach({
      send(channel, message) {
        connection.send({ type: "message", channel }, messageParts(writeMessage(message)));
      },
      close() {},
    });
    return client;
  }

  #noteGap(from: number, to: number): void {
    this.clients.lose("no-room", null);
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

function parentOf(event: Extract<KernelEventFrame, { readonly event: "lost" }>) {
  const { parent, sequence } = event;
  return parent === null ? null : { channel: "iopub" as const, msgType: "", parent, sequence };
}

function readInfo(bytes: Uint8Array | undefined): KernelInfo {
  const value = parseJson(Buffer.from(bytes ?? []).toString());
  return readKernelInfo(isJsonObject(value) ? value : {});
}
