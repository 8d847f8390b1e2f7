import type { Frame } from "../frame-codec.ts";
import { readFrames } from "../frame-codec.ts";
import type { Spool } from "../spool/spool.ts";
import { SpoolCursor } from "../spool/spool-cursor.ts";
import type { RequestLog } from "./request-log.ts";

/** Which records of which execution. */
export interface ExecutionRange {
  readonly msgId: string;
  readonly firstSequence: number;
  /** The last record that may be read. */
  readonly lastSequence: number;
}

/** Bytes of one read. */
const CHUNK_BYTES = 256 << 10;

/**
 * Reads the records of one execution out of a spool: its messages, and the end of the kernel's life that ended it.
 *
 * Questions to the user that were answered are left out.
 *
 * @returns How many records in the range were missing.
 */
export async function* executionRecords(
  spool: Spool,
  log: RequestLog,
  range: ExecutionRange,
): AsyncGenerator<Frame, number, void> {
  const cursor = new SpoolCursor(spool, range.firstSequence);
  let expected = range.firstSequence;
  let lost = 0;
  try {
    while (cursor.next <= range.lastSequence) {
      const chunk = await cursor.take(CHUNK_BYTES);
      if (!chunk) break;
      for (const frame of readFrames(Buffer.concat(chunk.buffers)).frames) {
        const sequence = Number(frame.header["sequence"]);
        if (sequence > range.lastSequence) break;
        lost += sequence - expected;
        expected = sequence + 1;
        if (belongs(frame, range.msgId, log)) yield frame;
        if (endsLife(frame)) return lost;
      }
    }
    return lost + Math.max(0, range.lastSequence + 1 - expected);
  } finally {
    await cursor.close();
  }
}

function belongs({ header }: Frame, msgId: string, log: RequestLog): boolean {
  if (header.type !== "message") return header["event"] === "died" || header["event"] === "restarting";
  if (header["parent"] !== msgId) return false;
  return header["channel"] !== "stdin" || log.isInputOpen(String(header["msgId"]));
}

function endsLife({ header }: Frame): boolean {
  return header.type === "event" && (header["event"] === "died" || header["event"] === "restarting");
}
