import type { Frame } from "../frame-codec.ts";
import { readFrames } from "../frame-codec.ts";
import type { MessageRecord } from "../host-protocol.ts";
import { saysHowItWent } from "../host-protocol.ts";
import type { Spool } from "../spool/spool.ts";
import { SpoolCursor } from "../spool/spool-cursor.ts";
import type { RequestLog } from "./request-log.ts";

/** Which records of which execution. */
export interface ExecutionRange {
  readonly msgId: string;
  /** Output before this record is not wanted; how it went is. */
  readonly wantedSequence: number;
  readonly firstSequence: number;
  /** The last record that may be read. */
  readonly lastSequence: number;
}

/** Bytes of one read. */
const CHUNK_BYTES = 256 << 10;

/**
 * Reads the records of one execution out of a spool: its messages, and the end of the kernel's life that ended it.
 *
 * Where records are missing, of this execution or another, an event says so.
 * Questions to the user that were answered are left out.
 */
export async function* executionRecords(
  spool: Spool,
  log: RequestLog,
  range: ExecutionRange,
): AsyncGenerator<Frame, void, void> {
  const cursor = new SpoolCursor(spool, range.firstSequence);
  let expected = range.firstSequence;
  try {
    while (cursor.next <= range.lastSequence) {
      const chunk = await cursor.take(CHUNK_BYTES);
      if (!chunk) break;
      for (const frame of readFrames(Buffer.concat(chunk.buffers)).frames) {
        const sequence = Number(frame.header["sequence"]);
        if (sequence > range.lastSequence) break;
        if (sequence > expected && sequence > range.wantedSequence) yield gap(expected);
        expected = sequence + 1;
        if (belongs(frame, range, log)) yield frame;
        if (endsLife(frame)) return;
      }
    }
    if (expected <= range.lastSequence && range.wantedSequence <= range.lastSequence) yield gap(expected);
  } finally {
    await cursor.close();
  }
}

function gap(sequence: number): Frame {
  return { header: { type: "event", event: "lost", sequence, reason: "no-room", parent: null }, parts: [] };
}

function belongs(frame: Frame, { msgId, wantedSequence }: ExecutionRange, log: RequestLog): boolean {
  const { header } = frame;
  if (header.type !== "message") return isLossOf(frame, msgId) || endsLife(frame);
  if (header["parent"] !== msgId) return false;
  const record = header as unknown as MessageRecord;
  if (record.sequence < wantedSequence) return saysHowItWent(record);
  return record.channel !== "stdin" || log.isInputOpen(record.msgId);
}

function isLossOf({ header }: Frame, msgId: string): boolean {
  return header["event"] === "lost" && (header["parent"] === null || header["parent"] === msgId);
}

function endsLife({ header }: Frame): boolean {
  return header.type === "event" && (header["event"] === "died" || header["event"] === "restarting");
}
