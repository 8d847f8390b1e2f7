import { randomUUID } from "node:crypto";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { StorageError } from "../storage-error.ts";
import { conflict } from "../store/conflict.ts";
import type { WriteOptions, Written } from "../store/store.ts";
import { attemptsOf, isConditionInFlight, isRefusedCondition, isTransient, s3Error } from "./s3-error.ts";
import { aclOf, factsToSend, MAX_PUT_BYTES } from "./s3-facts.ts";
import {
  abortOn,
  conditionEtag,
  headObject,
  plainEtag,
  type S3Object,
  s3Url,
  WRITE_MARK,
} from "./s3-object.ts";
import type { WriteObjectOptions } from "./s3-write.ts";

/** A body that can be sent again. */
export type PutBody = Uint8Array | { readonly byteLength: number; stream(): Readable };

/**
 * Sends a whole object in one request of known length, again and again while the server is busy.
 *
 * When the answer to a conditional write is lost, the repetition finds the
 * object that the first one made. Such a write therefore leaves a mark in the
 * metadata, by which it is told from someone else's.
 */
export async function putObject(
  object: S3Object,
  body: PutBody,
  options: WriteObjectOptions,
): Promise<Written> {
  const { signal } = options;
  if (body.byteLength > MAX_PUT_BYTES) throw tooLarge(object, body.byteLength);
  const isConditional = options.ifNoneMatch !== undefined || options.ifMatch !== undefined;
  const mark = isConditional ? randomUUID() : null;
  const { maxAttempts } = object.connection.settings;

  for (let attempt = 1; ; attempt += 1) {
    try {
      return await put(object, body, options, mark);
    } catch (error) {
      signal?.throwIfAborted();
      if (mark !== null && isRefusedCondition(error)) {
        const mayBeOurs = attempt > 1 || attemptsOf(error) > 1;
        const made = mayBeOurs ? await ownWrite(object, mark, options) : null;
        if (made) return made;
        throw conflict(s3Url(object), options, error);
      }
      // The SDK itself has repeated what it could; a stream it cannot.
      const mayHelp = body instanceof Uint8Array ? isConditionInFlight(error) : isTransient(error);
      if (attempt >= maxAttempts || !mayHelp) throw s3Error(error, "write", s3Url(object));
    }
    await delay(object.connection.settings.firstPauseMs * 2 ** (attempt - 1), undefined, { signal });
  }
}

async function put(
  object: S3Object,
  body: PutBody,
  options: WriteObjectOptions,
  mark: string | null,
): Promise<Written> {
  const { connection, bucket, key } = object;
  const { ifNoneMatch, ifMatch, signal } = options;
  return connection.use(async ({ PutObjectCommand }, client) => {
    const command = new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body instanceof Uint8Array ? body : body.stream(),
      ContentLength: body.byteLength,
      ...factsToSend(object, options, mark === null ? {} : { [WRITE_MARK]: mark }),
      ...aclOf(connection),
      ...(ifNoneMatch !== undefined && { IfNoneMatch: ifNoneMatch }),
      ...(ifMatch !== undefined && { IfMatch: conditionEtag(connection, ifMatch) }),
    });
    const { ETag, VersionId } = await client.send(command, abortOn(signal));
    return {
      etag: plainEtag(ETag),
      size: body.byteLength,
      ...(VersionId !== undefined && { version: VersionId }),
    };
  });
}

async function ownWrite(object: S3Object, mark: string, { signal }: WriteOptions): Promise<Written | null> {
  const info = await headObject(object, signal ? { signal } : {});
  if (info?.writeMark !== mark) return null;
  const { etag, size, version } = info;
  return { etag, size, ...(version !== undefined && { version }) };
}

function tooLarge(object: S3Object, size: number): StorageError {
  return new StorageError(
    "STORAGE_TOO_LARGE",
    `cannot write "${s3Url(object)}" under a condition: its ${size} bytes are more than the ${MAX_PUT_BYTES} of one request`,
    { details: { place: s3Url(object), size, limit: MAX_PUT_BYTES } },
  );
}
