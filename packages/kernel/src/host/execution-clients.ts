import type { KernelMessage } from "@notemill/messaging";
import type { LossReason } from "../execution-stream.ts";
import type { KernelClient } from "../kernel-client.ts";
import { KernelError } from "../kernel-error.ts";
import type { ExecuteOptions, Execution } from "../kernel.ts";
import type { MessageRecord } from "./host-protocol.ts";
import { saysHowItWent } from "./host-protocol.ts";

/** What decides on who gets a message. */
type Routed = Pick<MessageRecord, "channel" | "parent" | "sequence" | "msgType">;

interface ResumedExecution {
  readonly client: KernelClient;
  /** The first record that is wanted. */
  readonly sequence: number;
  /** Its records of before are on their way, so that those of now are not its own yet. */
  isPending: boolean;
}

/**
 * Who waits for the messages of a hosted kernel: a client for what this driver
 * asks in the present life of the kernel, and one for each execution that it
 * goes on with, which may be of an earlier life.
 */
export class ExecutionClients {
  readonly #makeClient: () => KernelClient;
  readonly #resumed = new Map<string, ResumedExecution>();
  readonly #listeners = new Map<(message: KernelMessage) => void, () => void>();
  #own: KernelClient;
  /** Executions that an earlier driver has asked for and that go on. */
  #former: ReadonlySet<string> = new Set();
  /** Whose records of before are still to come, by execution, in the order in which the host was asked for them. */
  readonly #awaiting = new Map<string, KernelClient[]>();
  /** The one whose records of before come at the moment, out of order. */
  #replayed: KernelClient | null = null;
  #ended: Error | null = null;

  constructor(makeClient: () => KernelClient) {
    this.#makeClient = makeClient;
    this.#own = makeClient();
  }

  /** The client for what is asked now. */
  get own(): KernelClient {
    return this.#own;
  }

  /** Whether what comes at the moment is out of order. */
  get isReplaying(): boolean {
    return this.#replayed !== null;
  }

  /** Why nothing can be asked at the moment. */
  get ended(): Error | null {
    return this.#ended;
  }

  /** Says which executions are not this driver's. */
  leaveAlone(msgIds: readonly string[]): void {
    this.#former = new Set(msgIds);
  }

  /** Calls `listener` with every iopub message, over all lives of the kernel. */
  onIopub(listener: (message: KernelMessage) => void): () => void {
    // A listener may be added twice, and then counts twice.
    const own = (message: KernelMessage): void => listener(message);
    this.#listeners.set(own, this.#own.onIopub(own));
    return () => {
      this.#listeners.get(own)?.();
      this.#listeners.delete(own);
    };
  }

  /** Follows an execution whose records of before are to come. Whoever followed it until now is put off. */
  resume(msgId: string, sequence: number, options: ExecuteOptions): Execution {
    const error = new KernelError("EXECUTION_ABORTED", `the execution ${msgId} was gone on with elsewhere`);
    this.#own.fail(msgId, error);
    this.#resumed.get(msgId)?.client.fail(msgId, error);
    const client = this.#makeClient();
    this.#resumed.set(msgId, { client, sequence, isPending: true });
    this.#awaiting.set(msgId, [...(this.#awaiting.get(msgId) ?? []), client]);
    return client.follow(msgId, options);
  }

  /** The records of before begin to come. */
  beginReplay(msgId: string): void {
    this.#replayed = this.#awaiting.get(msgId)?.[0] ?? null;
  }

  /** They have come. `isOver` says that no more will; then the end of the execution was among them, or is lost. */
  endReplay(msgId: string, isOver: boolean): void {
    this.#replayed = null;
    const asked = this.#awaiting.get(msgId)?.shift();
    const resumed = this.#resumed.get(msgId);
    // Records of one who was put off meanwhile say nothing to who came after.
    if (!resumed || resumed.client !== asked) return;
    resumed.isPending = false;
    if (this.#ended) resumed.client.end(this.#ended);
    else if (isOver) resumed.client.end(recordsGone(msgId));
  }

  /** They cannot come. */
  failReplay(msgId: string, error: Error): void {
    this.#awaiting.get(msgId)?.[0]?.end(error);
  }

  /** Gives a message to whoever waits for it, and to the listeners. */
  deliver(record: Routed, message: KernelMessage): void {
    if (!this.isReplaying) this.#own.notify(message);
    for (const client of this.#clientsOf(record)) client.settle(message);
  }

  /** Says that a message was lost; without a parent, one of whichever execution. */
  lose(reason: LossReason, record: Routed | null): void {
    if (this.#replayed) this.#replayed.loseSome(reason);
    else if (record) for (const client of this.#clientsOf(record)) client.lose(record.parent, reason);
    else for (const client of this.#present()) client.loseSome(reason);
  }

  /** The kernel's process has ended. */
  endLife(error: Error): void {
    if (this.#replayed) {
      this.#replayed.end(error);
      return;
    }
    this.#ended = error;
    for (const client of this.#present()) client.end(error);
  }

  /** There is a new process. */
  beginLife(): void {
    this.#ended = null;
    this.#own = this.#makeClient();
    for (const listener of this.#listeners.keys()) this.#listeners.set(listener, this.#own.onIopub(listener));
  }

  /** Fails everything that waits: no more will come. */
  end(error: Error): void {
    this.#ended = error;
    this.#own.end(error);
    for (const { client } of this.#resumed.values()) client.end(error);
  }

  /** Who may have caused a message; nobody, where it is not wanted, or comes again in its place. */
  #clientsOf({ channel, parent, sequence, msgType }: Routed): readonly KernelClient[] {
    if (this.#replayed) return [this.#replayed];
    const resumed = this.#resumed.get(parent);
    if (resumed) {
      const isUnwanted = sequence < resumed.sequence && !saysHowItWent({ channel, msgType });
      return resumed.isPending || isUnwanted ? [] : [resumed.client];
    }
    // What an earlier driver has asked for is nobody's until it is gone on with.
    if (this.#former.has(parent)) return [];
    // Any client may have asked something behind an execution, and only the own one may be asked.
    return channel === "stdin" ? [this.#own] : this.#present();
  }

  #present(): readonly KernelClient[] {
    const resumed = [...this.#resumed.values()].filter(({ isPending }) => !isPending);
    return [this.#own, ...resumed.map(({ client }) => client)];
  }
}

function recordsGone(msgId: string): KernelError {
  return new KernelError(
    "EXECUTION_OUTPUT_LOST",
    `the execution ${msgId} is over, and its records are gone: they were acknowledged, or there was no room for them`,
    { details: { msgId, reason: "no-room" } },
  );
}
