import { constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { addAbortSignal, type Readable } from "node:stream";
import { collectBytes } from "../store/read-all.ts";

/** Options of {@link readPipe}. */
export interface ReadStreamOptions {
  readonly maxBytes: number;
  /** The name to show in messages. */
  readonly place: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Reads a named pipe to its end, waiting for a writer as long as it takes.
 *
 * Opening a pipe in the ordinary way would hold a thread, and with it the end of
 * this process, until a writer comes.
 */
export async function readPipe(path: string, options: ReadStreamOptions): Promise<Uint8Array> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: true, writable: false });
  try {
    return await readStream(socket, options);
  } finally {
    socket.destroy();
  }
}

/** Reads a stream to its end; `signal` ends the wait for what does not come. */
export async function readStream(
  stream: Readable,
  { maxBytes, place, signal }: ReadStreamOptions,
): Promise<Uint8Array> {
  if (signal) addAbortSignal(signal, stream);
  return collectBytes(stream, maxBytes, place);
}
