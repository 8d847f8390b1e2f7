import { deleteObject } from "./s3-delete.ts";
import { s3Call, type S3Object } from "./s3-object.ts";
import { writeObject } from "./s3-write.ts";

/**
 * A bucket has no directories. An empty object whose key ends with a slash stands
 * for one that has nothing in it, as other tools have it too.
 */
function markerOf(directory: S3Object): S3Object {
  return { ...directory, key: `${directory.key}/` };
}

/** Makes the object that stands for an empty directory. */
export async function makeDirectoryMarker(directory: S3Object): Promise<void> {
  await writeObject(markerOf(directory), [""], {});
}

/** Removes that object, where nothing else is below it. @returns Whether it did. */
export async function removeDirectoryMarker(directory: S3Object): Promise<boolean> {
  const marker = markerOf(directory);
  const keys = await keysBelow(directory, 2);
  if (keys.some((key) => key !== marker.key)) return false;
  return deleteObject(marker, {});
}

/** Tells whether a directory has anything in it, or an object that stands for it. */
export async function hasObjectsBelow(directory: S3Object): Promise<boolean> {
  return (await keysBelow(directory, 1)).length > 0;
}

async function keysBelow(directory: S3Object, count: number): Promise<readonly string[]> {
  const { connection, bucket } = directory;
  return s3Call(directory, "list", undefined, () =>
    connection.use(async ({ ListObjectsV2Command }, client) => {
      const prefix = markerOf(directory).key;
      const answer = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: count }),
      );
      return (answer.Contents ?? []).map(({ Key: key = "" }) => key);
    }),
  );
}
