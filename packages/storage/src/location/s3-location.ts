import { collectBytes, tooLarge } from "../store/read-all.ts";
import { openS3Connection } from "../s3/s3-connection.ts";
import { cancelUpload, startUpload } from "../s3/s3-multipart.ts";
import { abortOn, headObject, s3Call, type S3Object } from "../s3/s3-object.ts";
import { readObject } from "../s3/s3-read.ts";
import { parseS3Address } from "../s3/s3-address.ts";
import { type S3Options, s3Settings } from "../s3/s3-settings.ts";
import { writeObject } from "../s3/s3-write.ts";
import { StorageError } from "../storage-error.ts";
import { gunzip, isGzip } from "./gunzip.ts";
import type { Location, ReadLocationOptions } from "./location.ts";

/**
 * An object in a bucket, by `s3://BUCKET/KEY`.
 *
 * What is compressed (`Content-Encoding: gzip`, or a key that ends with `.gz`)
 * is read decompressed; it is written as it comes.
 *
 * @throws {@link StorageError} `STORAGE_PATH_INVALID`.
 */
export function openS3Location(url: string, options: S3Options & { readonly maxBytes: number }): Location {
  const { bucket, key } = parseS3Address(url);
  const object: S3Object = { connection: openS3Connection(s3Settings(options)), bucket, key };
  return {
    rewritable: true,
    describe: () => url,
    read: ({ signal } = {}) => read(object, url, options.maxBytes, signal),
    write: async (chunks, { signal } = {}) => {
      await writeObject(object, chunks, { contentType: "application/json", ...(signal && { signal }) });
    },
    exists: ({ signal } = {}) => exists(object, signal),
    checkWritable: (checkOptions = {}) => checkWritable(object, checkOptions),
  };
}

/** Whoever may write and not read is refused the answer, and has nothing that could be asked in its place. */
async function exists(object: S3Object, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return (await headObject(object, signal ? { signal } : {})) !== null;
  } catch (error) {
    if (error instanceof StorageError && error.code === "STORAGE_FORBIDDEN") return false;
    throw error;
  }
}

async function read(
  object: S3Object,
  url: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const { info, bytes, close } = await readObject(object, signal ? { signal } : {});
  if (info.size > maxBytes) {
    await close();
    throw tooLarge(url, maxBytes);
  }
  const content = await collectBytes(bytes, maxBytes, url);
  const mayBeGzip = info.contentEncoding === "gzip" || object.key.endsWith(".gz");
  return mayBeGzip && isGzip(content) ? gunzip(content, maxBytes, url) : content;
}

/**
 * Starting an upload in parts needs the same permission as a write, and cancelling it leaves nothing.
 *
 * Where cancelling is not allowed, an upload without parts remains: it is no object and costs nothing.
 */
async function checkWritable(object: S3Object, { signal }: ReadLocationOptions): Promise<void> {
  try {
    const uploadId = await startUpload(object, signal ? { signal } : {});
    await cancelUpload(object, uploadId).catch(() => undefined);
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== "STORAGE_UNSUPPORTED") throw error;
    await headBucket(object, signal);
  }
}

async function headBucket(object: S3Object, signal: AbortSignal | undefined): Promise<void> {
  await s3Call(object, "write", signal, () =>
    object.connection.use(({ HeadBucketCommand }, client) =>
      client.send(new HeadBucketCommand({ Bucket: object.bucket }), abortOn(signal)),
    ),
  );
}
