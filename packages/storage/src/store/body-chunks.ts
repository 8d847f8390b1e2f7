import type { Chunks } from "../files/write-chunks.ts";
import type { Body } from "./store.ts";

/** A body in pieces; text and bytes are one piece. */
export function bodyChunks(body: Body): Chunks {
  return typeof body === "string" || body instanceof Uint8Array ? [body] : body;
}
