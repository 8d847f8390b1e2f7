import { createHash } from "node:crypto";
import { isCodedError } from "@notemill/errors";
import type { Store } from "@notemill/storage";
import { ServerError } from "../server-error.ts";
import { hashOf } from "./hash-of.ts";

/**
 * Writes a file that may be there already, with the same bytes.
 *
 * @throws {@link ServerError} `RECORD_FILE_DIFFERS` where it has others.
 */
export async function writeOnce(records: Store, path: string, text: string): Promise<void> {
  try {
    await records.write(path, text, { ifNoneMatch: "*" });
  } catch (error) {
    if (!(isCodedError(error) && error.code === "STORAGE_CONFLICT")) throw error;
    if ((await hashOf(records, path)) === sha256Of(Buffer.from(text))) return;
    throw new ServerError("RECORD_FILE_DIFFERS", `"${path}" is there with other bytes than the chain has`, {
      cause: error,
      details: { path },
    });
  }
}

/** Hash of some bytes, in hexadecimal. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
