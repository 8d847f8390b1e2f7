import type { Socket } from "node:net";
import type { Frame } from "../frame-codec.ts";
import { encodeFrame } from "../frame-codec.ts";
import type { HostFrame, WireError } from "../host-protocol.ts";
import type { Spool } from "../spool/spool.ts";
import { SpoolCursor } from "../spool/spool-cursor.ts";
import { endSocket } from "./read-connection.ts";
import { executionRecords } from "./execution-records.ts";
import type { RequestLog } from "./request-log.ts";

/** What a {@link DriverLink} reads from. */
export interface DriverLinkOptions {
  readonly socket: Socket;
  readonly spool: Spool;
  readonly log: RequestLog;
  readonly fence: number;
}

/** A wish to see an execution again. */
interface Resume {
  readonly msgId: string;
  readonly sequence: number;
}

/** Bytes of one read from the spool. */
const CHUNK_BYTES = 256 << 10;

/**
 * The connection to a driver: records flow through it as fast as the driver takes them.
 *
 * What the driver is not ready for stays in the spool, and in no memory.
 */
export class DriverLink {
  readonly fence: number;
  readonly #socket: Socket;
  readonly #spool: Spool;
  readonly #log: RequestLog;
  readonly #resumes: Resume[] = [];
  #cursor: SpoolCursor | null = null;
  #wake: (() => void) | null = null;
  #isAwake = false;

  constructor(options: DriverLinkOptions) {
    this.#socket = options.socket;
    this.#spool = options.spool;
    this.#log = options.log;
    this.fence = options.fence;
    this.#socket.on("drain", () => this.wake());
    this.#socket.on("close", () => this.wake());
    void this.#pump();
  }

  /** Lets records flow, from this one on. */
  flow(sequence: number): void {
    this.#cursor ??= new SpoolCursor(this.#spool, sequence);
    this.wake();
  }

  /** Sends again, between two records, what has flowed by of an execution. */
  resume(msgId: string, sequence: number): void {
    this.#resumes.push({ msgId, sequence });
    this.wake();
  }

  /** There may be more to send. */
  wake(): void {
    this.#isAwake = true;
    this.#wake?.();
  }

  /** Sends a frame that is no record. */
  send(frame: HostFrame, parts: readonly Uint8Array[] = []): void {
    this.#write(encodeFrame(frame, parts));
  }

  /** Ends the connection with a last frame; resolves when the driver has it, or has gone. */
  async end(frame: HostFrame): Promise<void> {
    await endSocket(this.#socket, encodeFrame(frame));
  }

  async #pump(): Promise<void> {
    while (this.#isOpen()) {
      this.#isAwake = false;
      const hasSent = !this.#socket.writableNeedDrain && (await this.#sendSome());
      if (!hasSent) await this.#whenAwake();
    }
    await this.#cursor?.close();
  }

  async #sendSome(): Promise<boolean> {
    if (!this.#cursor) return false;
    const resume = this.#resumes.shift();
    if (resume) {
      await this.#resend(resume, this.#cursor.next);
      return true;
    }
    const chunk = await this.#cursor.take(CHUNK_BYTES);
    if (!chunk) return false;
    this.#write(chunk.buffers);
    this.#spool.deliver(chunk.lastSequence);
    return true;
  }

  /** Sends the records of an execution that are before `next`; the others flow by on their own. */
  async #resend({ msgId, sequence }: Resume, next: number): Promise<void> {
    const execution = this.#log.find(msgId);
    this.send({ type: "resume-begun", msgId });
    if (execution) {
      const records = executionRecords(this.#spool, this.#log, {
        msgId,
        wantedSequence: sequence,
        firstSequence: execution.firstSequence,
        lastSequence: Math.min(execution.lastSequence ?? next, next - 1),
      });
      await this.#writeAll(records);
    }
    const end = execution?.lastSequence ?? null;
    this.send({
      type: "resume-ended",
      msgId,
      error: execution ? null : unknownExecution(msgId),
      isOver: end !== null && end < next,
    });
  }

  async #writeAll(records: AsyncIterable<Frame>): Promise<void> {
    for await (const { header, parts } of records) {
      this.#write(encodeFrame(header, parts));
      while (this.#socket.writableNeedDrain) {
        this.#isAwake = false;
        await this.#whenAwake();
      }
      if (!this.#isOpen()) return;
    }
  }

  #write(buffers: readonly Uint8Array[]): void {
    if (!this.#isOpen()) return;
    this.#socket.cork();
    for (const buffer of buffers) this.#socket.write(buffer);
    this.#socket.uncork();
  }

  #isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable;
  }

  async #whenAwake(): Promise<void> {
    if (this.#isAwake) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
    this.#wake = null;
  }
}

function unknownExecution(msgId: string): WireError {
  return {
    code: "EXECUTION_UNKNOWN",
    message: `the kernel host was never asked for the execution ${JSON.stringify(msgId)}; it did not begin`,
    details: { msgId },
  };
}
