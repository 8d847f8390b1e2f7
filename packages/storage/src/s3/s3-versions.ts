import type { FileVersion, StatOptions } from "../store/store.ts";
import { abortOn, plainEtag, s3Call, type S3Object } from "./s3-object.ts";

/**
 * The kept versions of an object, newest first.
 *
 * In a bucket without versioning there is one, called `null`.
 *
 * @throws {@link StorageError}
 */
export async function listVersions(object: S3Object, { signal }: StatOptions): Promise<FileVersion[]> {
  const { connection, bucket, key } = object;
  const found: FileVersion[] = [];
  let marker: { KeyMarker?: string; VersionIdMarker?: string } | null = {};
  while (marker) {
    const from: { KeyMarker?: string; VersionIdMarker?: string } = marker;
    marker = await s3Call(object, "list", signal, () =>
      connection.use(async ({ ListObjectVersionsCommand }, client) => {
        const command = new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, ...from });
        const page = await client.send(command, abortOn(signal));
        found.push(...(page.Versions ?? []).filter(isOf(key)).map(asVersion));
        found.push(...(page.DeleteMarkers ?? []).filter(isOf(key)).map(asDeletion));
        // Keys are listed in order, so that a page which ends at another key has all versions of this one.
        if (page.IsTruncated !== true || page.NextKeyMarker !== key) return null;
        return {
          KeyMarker: page.NextKeyMarker,
          ...(page.NextVersionIdMarker !== undefined && { VersionIdMarker: page.NextVersionIdMarker }),
        };
      }),
    );
  }
  return found.toSorted(newestFirst);
}

interface SdkVersion {
  readonly Key?: string | undefined;
  readonly VersionId?: string | undefined;
  readonly IsLatest?: boolean | undefined;
  readonly LastModified?: Date | undefined;
  readonly ETag?: string | undefined;
  readonly Size?: number | undefined;
}

function isOf(key: string): (version: SdkVersion) => boolean {
  return (version) => version.Key === key;
}

function asVersion(version: SdkVersion): FileVersion {
  return {
    ...asDeletion(version),
    isDeletion: false,
    etag: plainEtag(version.ETag),
    size: version.Size ?? 0,
  };
}

function asDeletion({ VersionId, IsLatest, LastModified }: SdkVersion): FileVersion {
  return {
    version: VersionId ?? "null",
    isLatest: IsLatest === true,
    isDeletion: true,
    modifiedAt: LastModified ?? new Date(0),
  };
}

/** Within one second, which is as fine as the times are, the server's order stands. */
function newestFirst(a: FileVersion, b: FileVersion): number {
  return Number(b.isLatest) - Number(a.isLatest) || b.modifiedAt.getTime() - a.modifiedAt.getTime();
}
