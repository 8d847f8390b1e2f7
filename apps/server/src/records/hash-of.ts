import { createHash } from "node:crypto";
import type { Store } from "@notemill/storage";

/** Hash of a file, in hexadecimal, however large it is. @throws Where it cannot be read. */
export async function hashOf(store: Store, path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of (await store.read(path)).bytes) hash.update(part);
  return hash.digest("hex");
}
