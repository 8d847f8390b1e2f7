import { StorageError } from "../storage-error.ts";
import type { CopyOptions, Written } from "../store/store.ts";
import { aclOf, MAX_PUT_BYTES } from "./s3-facts.ts";
import { abortOn, headObject, plainEtag, s3Call, type S3Object, s3Url } from "./s3-object.ts";
import { readObject } from "./s3-read.ts";
import { writeObject } from "./s3-write.ts";

/**
 * Copies an object within the bucket, with its facts.
 *
 * The server copies, unless there is a condition, which few servers honour for
 * copies, or the object is larger than one request may copy; then the bytes
 * come and go through this process.
 *
 * @throws {@link StorageError}
 */
export async function copyObject(from: S3Object, to: S3Object, options: CopyOptions): Promise<Written> {
  const { signal } = options;
  const info = await headObject(from, signal ? { signal } : {});
  if (!info) throw noSource(from);
  const isConditional = options.ifNoneMatch !== undefined || options.ifMatch !== undefined;
  if (!isConditional && info.size <= MAX_PUT_BYTES) return copyOnServer(from, to, info.size, options);

  return copyThroughHere(from, to, options);
}

async function copyThroughHere(from: S3Object, to: S3Object, options: CopyOptions): Promise<Written> {
  const { signal } = options;
  const { bytes, info, close } = await readObject(from, signal ? { signal } : {});
  const { contentType, contentEncoding, metadata } = info;
  try {
    return await writeObject(to, bytes, {
      ...options,
      ...(contentType !== undefined && { contentType }),
      ...(contentEncoding !== undefined && { contentEncoding }),
      ...(metadata !== undefined && { metadata }),
    });
  } finally {
    await close();
  }
}

async function copyOnServer(
  from: S3Object,
  to: S3Object,
  size: number,
  { signal }: CopyOptions,
): Promise<Written> {
  return s3Call(to, "write", signal, () =>
    to.connection.use(async ({ CopyObjectCommand }, client) => {
      const command = new CopyObjectCommand({
        Bucket: to.bucket,
        Key: to.key,
        CopySource: [from.bucket, ...from.key.split("/")].map(encodeURIComponent).join("/"),
        ...aclOf(to.connection),
      });
      const { CopyObjectResult, VersionId } = await client.send(command, abortOn(signal));
      return {
        etag: plainEtag(CopyObjectResult?.ETag),
        size,
        ...(VersionId !== undefined && { version: VersionId }),
      };
    }),
  );
}

function noSource(from: S3Object): StorageError {
  return new StorageError(
    "STORAGE_NOT_FOUND",
    `cannot copy "${s3Url(from)}": no such object; check the key`,
    {
      details: { place: s3Url(from) },
    },
  );
}
