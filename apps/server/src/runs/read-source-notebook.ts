import type { Platform } from "../platform.ts";

/** The bytes of a source's notebook. */
export async function readSourceNotebook({ sources }: Platform, hash: string): Promise<Uint8Array> {
  const { notebook } = await sources.get(hash);
  const parts: Uint8Array[] = [];
  for await (const part of (await sources.openFile(hash, notebook)).bytes) parts.push(part);
  return Buffer.concat(parts);
}
