import { write as writeCallback } from "node:fs";
import { constants, open, stat, type FileHandle } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { batches, writeChunks } from "../files/write-chunks.ts";

type Text = Iterable<string | Uint8Array>;

const write = promisify(writeCallback);
const DESCRIPTOR_PATH = /^(?:\/dev\/(?:(stdin|stdout|stderr)|fd\/(\d+))|\/proc\/self\/fd\/(\d+))$/;
const NAMED = ["stdin", "stdout", "stderr"];
const FULL_PIPE_POLL_MS = 2;
const NO_READER_POLL_MS = 50;

/** The open descriptor that `path` stands for (`/dev/stdout` is 1), or null. */
export function descriptorOf(path: string): number | null {
  const found = DESCRIPTOR_PATH.exec(path);
  if (!found) return null;
  const [, name, inDev, inProc] = found;
  return name === undefined ? Number(inDev ?? inProc) : NAMED.indexOf(name);
}

/**
 * Writes to a descriptor that is already open, at its own position.
 *
 * A pipe that is full is waited for, which `signal` can end.
 */
export async function writeToDescriptor(fd: number, chunks: Text, signal?: AbortSignal): Promise<void> {
  for await (const batch of batches(chunks)) {
    let offset = 0;
    while (offset < batch.byteLength) {
      signal?.throwIfAborted();
      try {
        const { bytesWritten } = await write(fd, batch, offset, batch.byteLength - offset, null);
        offset += bytesWritten;
      } catch (error) {
        if (!hasCode(error, "EAGAIN")) throw error;
        await delay(FULL_PIPE_POLL_MS, undefined, { signal });
      }
    }
  }
}

/**
 * Writes into a pipe or device without replacing it.
 *
 * A pipe that nobody reads yet is waited for, which `signal` can end.
 */
export async function writeThrough(path: string, chunks: Text, signal?: AbortSignal): Promise<void> {
  const handle = await openWithoutBlocking(path, signal);
  try {
    await writeToDescriptor(handle.fd, chunks, signal);
  } finally {
    await handle.close();
  }
}

/** Opening a pipe in the ordinary way would hold a thread, and the process, until a reader comes. */
async function openWithoutBlocking(path: string, signal: AbortSignal | undefined): Promise<FileHandle> {
  const isPipe = (await stat(path)).isFIFO();
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if (!isPipe || !hasCode(error, "ENXIO")) throw error;
      await delay(NO_READER_POLL_MS, undefined, { signal });
    }
  }
}

/**
 * Overwrites a file whose directory does not let it be replaced.
 *
 * This is not atomic: a crash or a full disk in the middle leaves a broken file.
 */
export async function writeInPlace(
  path: string,
  chunks: Text,
  { durable, signal }: { readonly durable: boolean; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.truncate(await writeChunks(handle, chunks, { signal }));
    if (durable) await handle.sync();
  } finally {
    await handle.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
