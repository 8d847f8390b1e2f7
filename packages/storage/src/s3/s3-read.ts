import { setTimeout as delay } from "node:timers/promises";
import { StorageError } from "../storage-error.ts";
import { checkRange, outOfRange } from "../store/byte-range.ts";
import type { ByteRange, ReadOptions } from "../store/store.ts";
import {
  abortOn,
  conditionEtag,
  headObject,
  infoFrom,
  s3Call,
  type S3Object,
  type S3ObjectInfo,
  s3Url,
} from "./s3-object.ts";

/** An object that is being read. */
export interface OpenObject {
  readonly info: S3ObjectInfo;
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly close: () => Promise<void>;
}

const MAX_RESUMES = 100;
/** This many interruptions with nothing read between them are a server that is down. */
const MAX_FRUITLESS = 5;

/**
 * Opens an object and reads it as it comes.
 *
 * When the connection breaks, the rest is asked for, under the condition that
 * the object is still the same.
 *
 * @throws {@link StorageError}
 */
export async function readObject(object: S3Object, options: ReadOptions): Promise<OpenObject> {
  const { range } = options;
  if (range) checkRange(range, s3Url(object));
  try {
    const first = await get(object, options, range, undefined);
    const end = Math.min(range?.end ?? first.info.size, first.info.size);
    return {
      info: first.info,
      bytes: resumed(object, options, first, range?.start ?? 0, end),
      close: async () => first.body.destroy(),
    };
  } catch (error) {
    if (!range || !(error instanceof StorageError) || error.code !== "STORAGE_RANGE_INVALID") throw error;
    return emptyOrRefused(object, options, range, error);
  }
}

/** S3 refuses any range of an empty object, even one from its start. */
async function emptyOrRefused(
  object: S3Object,
  options: ReadOptions,
  range: ByteRange,
  refusal: StorageError,
): Promise<OpenObject> {
  const info = await headObject(object, options);
  if (info?.size !== 0 || range.start !== 0) {
    throw info ? outOfRange(range, s3Url(object), `the object has ${info.size} bytes`) : refusal;
  }
  async function* none(): AsyncGenerator<Uint8Array> {}
  return { info, bytes: none(), close: async () => undefined };
}

interface Body extends AsyncIterable<Uint8Array> {
  destroy(): void;
}

interface Opened {
  readonly info: S3ObjectInfo;
  readonly body: Body;
}

async function get(
  object: S3Object,
  { version, signal }: ReadOptions,
  range: ByteRange | undefined,
  etag: string | undefined,
): Promise<Opened> {
  const { connection, bucket, key } = object;
  return s3Call(object, "read", signal, () =>
    connection.use(async ({ GetObjectCommand }, client) => {
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(version !== undefined && { VersionId: version }),
        ...(range && { Range: rangeHeader(range) }),
        ...(etag !== undefined && { IfMatch: conditionEtag(connection, etag) }),
      });
      const answer = await client.send(command, abortOn(signal));
      return { info: infoFrom(answer), body: answer.Body as unknown as Body };
    }),
  );
}

function rangeHeader({ start, end }: ByteRange): string {
  return `bytes=${start}-${end === undefined ? "" : end - 1}`;
}

async function* resumed(
  object: S3Object,
  options: ReadOptions,
  first: Opened,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let { body } = first;
  let position = start;
  let fruitless = 0;
  for (let resumes = 0; ; resumes += 1) {
    try {
      for await (const piece of body) {
        position += piece.byteLength;
        fruitless = 0;
        yield piece;
      }
      if (position >= end) return;
      throw new Error(`the answer ended ${end - position} bytes early`);
    } catch (error) {
      options.signal?.throwIfAborted();
      fruitless += 1;
      if (fruitless > MAX_FRUITLESS || resumes >= MAX_RESUMES) throw interrupted(object, position, error);
    } finally {
      body.destroy();
    }
    await delay(object.connection.settings.firstPauseMs * 2 ** (fruitless - 1), undefined, {
      signal: options.signal,
    });
    ({ body } = await get(object, options, { start: position, end }, first.info.etag));
  }
}

function interrupted(object: S3Object, position: number, cause: unknown): StorageError {
  return new StorageError(
    "STORAGE_UNAVAILABLE",
    `cannot read "${s3Url(object)}": the connection broke again and again after ${position} bytes; try again later`,
    { cause, details: { place: s3Url(object), position } },
  );
}
