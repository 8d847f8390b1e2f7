import { StorageError } from "../storage-error.ts";

/** A bucket and an exact key in it. */
export interface S3Address {
  readonly bucket: string;
  readonly key: string;
}

const FORM = /^s3:\/\/([^/]*)\/(.*)$/is;

/**
 * Reads `s3://BUCKET/KEY`. The key is taken as it stands: `?`, `#` and `%` are part of it.
 *
 * @throws {@link StorageError} `STORAGE_PATH_INVALID`.
 */
export function parseS3Address(url: string): S3Address {
  const [, bucket = "", key = ""] = FORM.exec(url) ?? [];
  if (key === "" || key.endsWith("/")) {
    throw new StorageError("STORAGE_PATH_INVALID", `"${url}" names no object; write s3://BUCKET/KEY`, {
      details: { url },
    });
  }
  checkBucket(bucket);
  return { bucket, key };
}

/**
 * Refuses what no bucket is called, before it becomes part of a host name.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html, with the capitals
 * and underscores of older buckets, and access point ARNs.
 *
 * @throws {@link StorageError} `STORAGE_PATH_INVALID`.
 */
export function checkBucket(bucket: string): void {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/.test(bucket) || /^arn:aws[a-z-]*:s3[a-z0-9:/._-]+$/i.test(bucket))
    return;
  throw new StorageError(
    "STORAGE_PATH_INVALID",
    `"${bucket}" is not the name of a bucket; names have letters, digits, dots, hyphens and underscores`,
    { details: { bucket } },
  );
}
