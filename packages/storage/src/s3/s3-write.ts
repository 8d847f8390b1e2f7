import { batches, type Chunks } from "../files/write-chunks.ts";
import type { StatOptions, WriteOptions, Written } from "../store/store.ts";
import { writeInParts } from "./s3-multipart.ts";
import type { S3Object } from "./s3-object.ts";
import { putObject } from "./s3-put.ts";
import { spool } from "./spool.ts";

/** Options of {@link writeObject}. */
export interface WriteObjectOptions extends WriteOptions {
  readonly contentEncoding?: string;
}

/** The size from which a body is sent in parts, and of the first thousand parts. */
const PART_BYTES = 8 * 1024 * 1024;

/**
 * Creates or replaces an object in one step.
 *
 * A small body is one request. A large one is sent in parts as it comes; under
 * a condition it goes through a temporary file instead, since not every server
 * honours a condition on an upload in parts.
 *
 * @throws {@link StorageError}
 */
export async function writeObject(
  object: S3Object,
  chunks: Chunks,
  options: WriteObjectOptions,
): Promise<Written> {
  const parts = batches(exactly(chunks, PART_BYTES), PART_BYTES);
  const first = await next(parts);
  if (first.byteLength < PART_BYTES) return putObject(object, first, options);

  const all = concat(first, parts);
  if (!isConditional(options)) return writeInParts(object, all, options);
  await using file = await spool(all, options.signal);
  return await putObject(object, file, options);
}

function isConditional({ ifNoneMatch, ifMatch }: WriteOptions & StatOptions): boolean {
  return ifNoneMatch !== undefined || ifMatch !== undefined;
}

async function next(parts: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  const { value, done } = await parts.next();
  return done === true ? new Uint8Array() : value;
}

async function* concat(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}

/** Cuts chunks that are larger than a part, so that no part grows without bound. */
async function* exactly(chunks: Chunks, bytes: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    const whole = typeof chunk === "string" ? Buffer.from(chunk, "utf8") : chunk;
    for (let at = 0; at < whole.byteLength; at += bytes) yield whole.subarray(at, at + bytes);
  }
}
