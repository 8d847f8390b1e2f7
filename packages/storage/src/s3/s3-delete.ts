import { conflict } from "../store/conflict.ts";
import type { DeleteOptions } from "../store/store.ts";
import { isRefusedCondition } from "./s3-error.ts";
import { abortOn, conditionEtag, headObject, s3Call, type S3Object, s3Url } from "./s3-object.ts";

/**
 * Removes an object and tells whether there was one.
 *
 * The condition is sent, and looked at before as well, for the servers that
 * do not honour it on a deletion; with those a change in between is lost.
 *
 * @throws {@link StorageError}
 */
export async function deleteObject(object: S3Object, options: DeleteOptions): Promise<boolean> {
  const { connection, bucket, key } = object;
  const { ifMatch, version, signal } = options;
  const info = await headObject(object, { ...(signal && { signal }), version });
  if (ifMatch !== undefined && info?.etag !== ifMatch) throw conflict(s3Url(object), { ifMatch });
  if (!info) return false;

  await s3Call(object, "delete", signal, () =>
    connection.use(async ({ DeleteObjectCommand }, client) => {
      const command = new DeleteObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(version !== undefined && { VersionId: version }),
        ...(ifMatch !== undefined && { IfMatch: conditionEtag(connection, ifMatch) }),
      });
      try {
        await client.send(command, abortOn(signal));
      } catch (error) {
        if (ifMatch !== undefined && isRefusedCondition(error))
          throw conflict(s3Url(object), { ifMatch }, error);
        throw error;
      }
    }),
  );
  return true;
}
