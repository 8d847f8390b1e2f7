import { open } from "node:fs/promises";
import type { Frame } from "../frame-codec.ts";
import { createFrameDecoder } from "../frame-codec.ts";
import { segmentPaths } from "./spool-segment.ts";

/** Bytes of one read. */
const CHUNK_BYTES = 256 << 10;

/**
 * Reads what a dead kernel host has left of its spool, from a sequence number on.
 *
 * A record that was only half written is where its file ends.
 */
export async function* readSpool(directory: string, sequence: number): AsyncGenerator<Frame, void, void> {
  for (const path of await segmentPaths(directory)) {
    const decoder = createFrameDecoder();
    await using file = await open(path, "r");
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
      if (bytesRead === 0) break;
      for (const frame of decoder.push(buffer.subarray(0, bytesRead))) {
        if (Number(frame.header["sequence"]) >= sequence) yield frame;
      }
    }
  }
}
