import type { Readable, Writable } from "node:stream";
import { errnoError } from "../files/errno-error.ts";
import type { Location } from "./location.ts";
import { readStream } from "./read-pipe.ts";

/** Options of {@link openStandardStreams}. */
export interface StandardStreamsOptions {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly maxBytes: number;
}

/** `-`: standard input when read, standard output when written. */
export function openStandardStreams({ stdin, stdout, maxBytes }: StandardStreamsOptions): Location {
  return {
    rewritable: false,
    describe: () => "-",
    read: ({ signal } = {}) => readStream(stdin, { maxBytes, place: "standard input", signal }),
    write: async (chunks) => {
      for (const chunk of chunks) await writeChunk(stdout, chunk);
    },
    exists: async () => false,
    checkWritable: async () => {
      // An empty write fails where the stream is closed.
      await writeChunk(stdout, "");
    },
  };
}

/** Resolves when the system has taken the chunk. */
async function writeChunk(stream: Writable, chunk: string | Uint8Array): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onError = (error: unknown): void => reject(errnoError(error, "write", "standard output"));
  stream.once("error", onError);
  stream.write(chunk, (error) => (error ? onError(error) : resolve()));
  await promise;
  // After a failure the listener stays: the error is emitted later, and unheard it would end the process.
  stream.off("error", onError);
}
