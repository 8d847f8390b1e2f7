import type { FileHandle } from "node:fs/promises";
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
    const file = await open(path, "r");
    try {
      for await (const frame of readSegment(file)) {
        if (Number(frame.header["sequence"]) >= sequence) yield frame;
      }
    } finally {
      await file.close();
    }
  }
}

async function* readSegment(file: FileHandle): AsyncGenerator<Frame, void, void> {
  const decoder = createFrameDecoder();
  for (;;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
    if (bytesRead === 0) return;
    yield* decoder.push(buffer.subarray(0, bytesRead));
  }
}
