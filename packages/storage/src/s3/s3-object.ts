import { StorageError } from "../storage-error.ts";
import type { FileInfo, StatOptions } from "../store/store.ts";
import type { S3Connection } from "./s3-connection.ts";
import { type S3Action, s3Error } from "./s3-error.ts";

/** One object of a bucket, by its exact key. */
export interface S3Object {
  readonly connection: S3Connection;
  readonly bucket: string;
  readonly key: string;
}

/** What is known about an object, besides its path. */
export type S3ObjectInfo = Omit<FileInfo, "path"> & {
  readonly version?: string;
  /** Marks the write that made the object; see {@link putConditionally}. */
  readonly writeMark?: string;
};

/** The name of an object for people. */
export function s3Url({ bucket, key }: Pick<S3Object, "bucket" | "key">): string {
  return `s3://${bucket}/${key}`;
}

/** What the SDK tells about an object, in a HEAD, a GET or a listing. */
interface SdkFacts {
  readonly ETag?: string | undefined;
  readonly ContentLength?: number | undefined;
  readonly ContentRange?: string | undefined;
  readonly LastModified?: Date | undefined;
  readonly ContentType?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
  readonly VersionId?: string | undefined;
}

/** The key of the metadata in which {@link putConditionally} leaves its mark. */
export const WRITE_MARK = "notemill-write";

/** Asks for the facts of an object, or null where there is none. @throws {@link StorageError} */
export async function headObject(
  object: S3Object,
  { version, signal }: StatOptions & { readonly version?: string | undefined } = {},
): Promise<S3ObjectInfo | null> {
  const { connection, bucket, key } = object;
  try {
    return await s3Call(object, "read", signal, () =>
      connection.use(async ({ HeadObjectCommand }, client) => {
        const command = new HeadObjectCommand({
          Bucket: bucket,
          Key: key,
          ...(version !== undefined && { VersionId: version }),
        });
        return infoFrom(await client.send(command, abortOn(signal)));
      }),
    );
  } catch (error) {
    if (error instanceof StorageError && error.code === "STORAGE_NOT_FOUND") return null;
    throw error;
  }
}

/** Reads the SDK's facts. */
export function infoFrom(facts: SdkFacts): S3ObjectInfo {
  const { [WRITE_MARK]: writeMark, ...metadata } = facts.Metadata ?? {};
  const { ContentType: contentType, ContentEncoding: contentEncoding, VersionId: version } = facts;
  return {
    etag: plainEtag(facts.ETag),
    size: wholeSize(facts),
    modifiedAt: facts.LastModified ?? new Date(0),
    ...(contentType !== undefined && { contentType }),
    ...(contentEncoding !== undefined && { contentEncoding }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(version !== undefined && { version }),
    ...(writeMark !== undefined && { writeMark }),
  };
}

/** An etag as it is kept: without its quotes. */
export function plainEtag(etag: string | undefined): string {
  return (etag ?? "").replace(/^(?:W\/)?"(.*)"$/, "$1");
}

/** An etag as this server wants it in a condition. */
export function conditionEtag({ settings }: S3Connection, etag: string): string {
  return settings.quirks.unquotedEtags === true ? etag : `"${etag}"`;
}

/** Runs one request and turns what it throws into a {@link StorageError}, or into the reason of the abort. */
export async function s3Call<T>(
  object: Pick<S3Object, "bucket" | "key">,
  action: S3Action,
  signal: AbortSignal | undefined,
  body: () => Promise<T>,
): Promise<T> {
  try {
    return await body();
  } catch (error) {
    signal?.throwIfAborted();
    throw s3Error(error, action, s3Url(object));
  }
}

/** The SDK's option for an abort signal. */
export function abortOn(signal: AbortSignal | undefined): { readonly abortSignal?: AbortSignal } {
  return signal ? { abortSignal: signal } : {};
}

function wholeSize({ ContentRange: range, ContentLength: length }: SdkFacts): number {
  const total = /\/(\d+)$/.exec(range ?? "")?.[1];
  return total === undefined ? (length ?? 0) : Number(total);
}
