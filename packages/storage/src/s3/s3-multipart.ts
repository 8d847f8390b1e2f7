import { batches, type Chunks, joined } from "../files/write-chunks.ts";
import type { Written } from "../store/store.ts";
import { aclOf, factsToSend } from "./s3-facts.ts";
import { abortOn, plainEtag, s3Call, type S3Object } from "./s3-object.ts";
import type { WriteObjectOptions } from "./s3-write.ts";

/**
 * Sends an object of any length in parts, one at a time, so that memory holds one.
 *
 * The object appears when the last part is in. When anything fails, the upload
 * is cancelled, so that no part is left to be paid for.
 */
export async function writeInParts(
  object: S3Object,
  chunks: Chunks,
  options: WriteObjectOptions,
): Promise<Written> {
  const { signal } = options;
  const uploadId = await startUpload(object, options);
  try {
    const parts: SentPart[] = [];
    let size = 0;
    for await (const body of growingParts(chunks)) {
      signal?.throwIfAborted();
      parts.push(await sendPart(object, uploadId, parts.length + 1, body, signal));
      size += body.byteLength;
    }
    return { ...(await finishUpload(object, uploadId, parts, signal)), size };
  } catch (error) {
    await cancelUpload(object, uploadId).catch(() => undefined);
    throw error;
  }
}

/** Begins an upload, which makes nothing visible. @throws {@link StorageError} */
export async function startUpload(object: S3Object, options: WriteObjectOptions): Promise<string> {
  const { connection, bucket, key } = object;
  return s3Call(object, "write", options.signal, () =>
    connection.use(async ({ CreateMultipartUploadCommand }, client) => {
      const command = new CreateMultipartUploadCommand({
        Bucket: bucket,
        Key: key,
        ...factsToSend(object, options),
        ...aclOf(connection),
      });
      return (await client.send(command, abortOn(options.signal))).UploadId ?? "";
    }),
  );
}

/** Ends an upload without a trace. @throws {@link StorageError} */
export async function cancelUpload(object: S3Object, uploadId: string): Promise<void> {
  const { connection, bucket, key } = object;
  await s3Call(object, "write", undefined, () =>
    connection.use(({ AbortMultipartUploadCommand }, client) =>
      client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId })),
    ),
  );
}

interface SentPart {
  readonly PartNumber: number;
  readonly ETag: string;
}

/**
 * An upload has at most 10,000 parts, so parts grow: with every thousand by the
 * size of the first, which makes room for 440 GiB.
 */
async function* growingParts(chunks: Chunks): AsyncGenerator<Uint8Array> {
  let count = 0;
  let pending: Uint8Array[] = [];
  let size = 0;
  for await (const piece of batches(chunks, 1)) {
    pending.push(piece);
    size += piece.byteLength;
    if (pending.length <= count / 1000) continue;
    yield joined(pending, size);
    count += 1;
    pending = [];
    size = 0;
  }
  if (size > 0) yield joined(pending, size);
}

async function sendPart(
  object: S3Object,
  uploadId: string,
  number: number,
  body: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<SentPart> {
  const { connection, bucket, key } = object;
  return s3Call(object, "write", signal, () =>
    connection.use(async ({ UploadPartCommand }, client) => {
      const command = new UploadPartCommand({
        Bucket: bucket,
        Key: key,
        UploadId: uploadId,
        PartNumber: number,
        Body: body,
        ContentLength: body.byteLength,
      });
      const { ETag = "" } = await client.send(command, abortOn(signal));
      return { PartNumber: number, ETag };
    }),
  );
}

async function finishUpload(
  object: S3Object,
  uploadId: string,
  parts: readonly SentPart[],
  signal: AbortSignal | undefined,
): Promise<Omit<Written, "size">> {
  const { connection, bucket, key } = object;
  return s3Call(object, "write", signal, () =>
    connection.use(async ({ CompleteMultipartUploadCommand }, client) => {
      const command = new CompleteMultipartUploadCommand({
        Bucket: bucket,
        Key: key,
        UploadId: uploadId,
        MultipartUpload: { Parts: [...parts] },
      });
      const { ETag, VersionId } = await client.send(command, abortOn(signal));
      return { etag: plainEtag(ETag), ...(VersionId !== undefined && { version: VersionId }) };
    }),
  );
}
