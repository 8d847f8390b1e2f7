import { createHash } from "node:crypto";
import { isCodedError } from "@notemill/errors";
import { readAll, type Store } from "@notemill/storage";
import {
  type Driver,
  noteManifestWritten,
  type UnwrittenManifest,
  unwrittenManifests,
} from "@notemill/store";
import { ServerError } from "../server-error.ts";
import { MANIFEST_NAME } from "./record-form.ts";

/**
 * Writes the manifests that the chain has and the store of records does not have yet.
 *
 * The chain is made in the transaction that ends an attempt, and the file after it;
 * what a crash came between is written by the next call, of any server.
 */
export async function writeManifests(driver: Driver, records: Store): Promise<void> {
  for (;;) {
    const manifests = await unwrittenManifests(driver);
    if (manifests.length === 0) return;
    for (const manifest of manifests) {
      await writeOne(records, manifest);
      await noteManifestWritten(driver, manifest.seq);
    }
  }
}

async function writeOne(records: Store, { directory, manifest }: UnwrittenManifest): Promise<void> {
  const path = `${directory}/${MANIFEST_NAME}`;
  try {
    await records.write(path, manifest, { ifNoneMatch: "*" });
  } catch (error) {
    if (!(isCodedError(error) && error.code === "STORAGE_CONFLICT")) throw error;
    if (sha256Of(await readAll(records, path)) === sha256Of(Buffer.from(manifest))) return;
    throw new ServerError("RECORD_FILE_DIFFERS", `"${path}" is there with other bytes than the chain has`, {
      cause: error,
      details: { path },
    });
  }
}

function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
