import type { ObjectCannedACL } from "@aws-sdk/client-s3";
import { StorageError } from "../storage-error.ts";
import type { S3Connection } from "./s3-connection.ts";
import { type S3Object, s3Url } from "./s3-object.ts";
import type { WriteObjectOptions } from "./s3-write.ts";

/** The most that S3 takes in one request. */
export const MAX_PUT_BYTES = 5 * 1024 ** 3;

const MAX_METADATA_BYTES = 2048;

/**
 * The headers that describe a new object.
 *
 * @throws {@link StorageError} `STORAGE_UNSUPPORTED` for metadata that a header cannot carry.
 */
export function factsToSend(
  object: Pick<S3Object, "bucket" | "key">,
  { contentType, contentEncoding, metadata = {} }: WriteObjectOptions,
  mark: Readonly<Record<string, string>> = {},
): {
  readonly ContentType?: string;
  readonly ContentEncoding?: string;
  readonly Metadata?: Record<string, string>;
} {
  const entries = Object.entries(metadata);
  const fault = faultIn(entries);
  if (fault !== null) {
    throw new StorageError("STORAGE_UNSUPPORTED", `cannot write "${s3Url(object)}": its metadata ${fault}`, {
      details: { place: s3Url(object), metadata },
    });
  }
  const all = { ...metadata, ...mark };
  return {
    ...(contentType !== undefined && { ContentType: contentType }),
    ...(contentEncoding !== undefined && { ContentEncoding: contentEncoding }),
    ...(Object.keys(all).length > 0 && { Metadata: all }),
  };
}

/** The access control list to send, only where one was asked for: a bucket without ACLs refuses any. */
export function aclOf({ settings }: S3Connection): { readonly ACL?: ObjectCannedACL } {
  return settings.acl === undefined ? {} : { ACL: settings.acl as ObjectCannedACL };
}

function faultIn(entries: readonly (readonly [string, string])[]): string | null {
  const size = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > MAX_METADATA_BYTES) return `has ${size} bytes, and S3 keeps ${MAX_METADATA_BYTES}`;
  const badName = entries.find(([name]) => !/^[a-z0-9][a-z0-9-]*$/.test(name));
  if (badName) return `has the name "${badName[0]}"; use small letters, digits and hyphens`;
  const badValue = entries.find(([, value]) => !/^[\x21-\x7e]?(?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value));
  return badValue ? `has the value ${JSON.stringify(badValue[1])}; S3 keeps printable ASCII` : null;
}
