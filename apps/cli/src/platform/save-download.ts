import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Writes what comes to a file, which is in its place when it is whole; nothing stays of what breaks off. */
export async function saveDownload(target: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  const partial = `${target}.${process.pid}.part`;
  try {
    await pipeline(Readable.from(bytes), createWriteStream(partial, { flags: "wx" }));
    await rename(partial, target);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/** Writes what comes to a stream, and waits for a slow reader. */
export async function writeDownload(
  stream: NodeJS.WriteStream,
  bytes: AsyncIterable<Uint8Array>,
): Promise<void> {
  for await (const part of bytes)
    if (!stream.write(part)) await new Promise((resolve) => stream.once("drain", resolve));
}
