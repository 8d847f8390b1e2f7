import { compareCodePoints } from "@notemill/json";
import { isStorePath } from "../store/store-path.ts";
import type { ListEntry, ListOptions, ListPage, StatOptions } from "../store/store.ts";
import type { S3Connection } from "./s3-connection.ts";
import { abortOn, s3Call } from "./s3-object.ts";

/** One page to be listed. */
export interface S3Listing extends StatOptions {
  readonly connection: S3Connection;
  readonly bucket: string;
  /** Where the keys of the store begin: empty or ending with a slash. */
  readonly root: string;
  /** Where the keys of the directory begin: `root` or below it, ending with a slash. */
  readonly prefix: string;
  readonly recursive: boolean;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly match: ListOptions["match"];
}

/**
 * One page of a directory in a bucket.
 *
 * Left out are keys that a store path cannot name, such as `a//b` and the empty
 * objects that stand for directories.
 *
 * @throws {@link StorageError}
 */
export async function listObjects(listing: S3Listing): Promise<ListPage> {
  const { connection, bucket, root, prefix, recursive, limit, cursor, match, signal } = listing;
  return s3Call({ bucket, key: prefix }, "list", signal, () =>
    connection.use(async ({ ListObjectsV2Command }, client) => {
      const command = new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        MaxKeys: limit,
        ...(!recursive && { Delimiter: "/" }),
        ...(cursor !== undefined && { ContinuationToken: cursor }),
      });
      const answer = await client.send(command, abortOn(signal));
      const files = (answer.Contents ?? []).flatMap(({ Key: key = "", Size: size = 0, LastModified }) =>
        keyed(key, root, (path) => ({ kind: "file", path, size, modifiedAt: LastModified ?? new Date(0) })),
      );
      const directories = (answer.CommonPrefixes ?? []).flatMap(({ Prefix: key = "" }) =>
        keyed(key, root, (path) => ({ kind: "directory", path: path.slice(0, -1) })),
      );
      const entries = [...files, ...directories]
        .toSorted((a, b) => compareCodePoints(a.key, b.key))
        .map(({ entry }) => entry)
        .filter(({ path }) => isStorePath(path))
        .filter(({ path }) => match?.(path.slice(path.lastIndexOf("/") + 1)) !== false);
      const next = answer.IsTruncated === true ? answer.NextContinuationToken : undefined;
      return next === undefined ? { entries } : { entries, next };
    }),
  );
}

function keyed(
  key: string,
  root: string,
  toEntry: (path: string) => ListEntry,
): { readonly key: string; readonly entry: ListEntry }[] {
  return key.startsWith(root) ? [{ key, entry: toEntry(key.slice(root.length)) }] : [];
}
