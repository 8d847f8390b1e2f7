import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import { matchesEtag } from "../http/user-bytes.ts";
import type { PageFile } from "./read-pages.ts";

const YEAR_S = 31_536_000;

const packed = new WeakMap<Buffer, Promise<Buffer>>();

/** Sends a file of the app, packed for who takes that. Only what was found can be what somebody has already. */
export async function sendPageFile(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { bytes, type, isImmutable }: PageFile,
): Promise<FastifyReply> {
  const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
  void reply.headers({
    etag,
    vary: "accept-encoding",
    "cache-control": isImmutable ? `public, max-age=${YEAR_S}, immutable` : "no-cache",
  });
  const isFound = reply.statusCode === 200;
  if (isFound && matchesEtag(request.headers["if-none-match"], etag)) return reply.status(304).send();
  const isPackable = type !== "font/woff2" && /\bgzip\b/.test(String(request.headers["accept-encoding"]));
  if (!isPackable) return reply.type(type).send(bytes);
  const known = packed.get(bytes) ?? promisify(gzip)(bytes, { level: 9 });
  packed.set(bytes, known);
  return reply
    .type(type)
    .header("content-encoding", "gzip")
    .send(await known);
}
