import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { matchesEtag } from "../http/user-bytes.ts";
import { PAGE_POLICY } from "./page-policy.ts";
import type { Pages } from "./read-pages.ts";

/** Addresses of the app. No other is answered with it: programs take an unexpected page for a service. */
const ADDRESSES = ["/", "/view", "/view/*", "/runs", "/runs/:id", "/schedules"];

const YEAR_S = 31_536_000;

/** The routes of the web app: its page, and the files that this consists of. They hold nothing of anybody. */
export function pageRoutes(app: FastifyInstance, { html, files }: Pages): void {
  const packed = new Map<Buffer, Promise<Buffer>>();
  const send = async (
    { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    bytes: Buffer,
    { type, isImmutable }: { readonly type: string; readonly isImmutable: boolean },
  ): Promise<FastifyReply> => {
    const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
    void reply.headers({
      etag,
      vary: "accept-encoding",
      "cache-control": isImmutable ? `public, max-age=${YEAR_S}, immutable` : "no-cache",
    });
    if (matchesEtag(request.headers["if-none-match"], etag)) return reply.status(304).send();
    const isPackable = type !== "font/woff2" && /\bgzip\b/.test(String(request.headers["accept-encoding"]));
    if (!isPackable) return reply.type(type).send(bytes);
    const known = packed.get(bytes) ?? promisify(gzip)(bytes, { level: 9 });
    packed.set(bytes, known);
    return reply
      .type(type)
      .header("content-encoding", "gzip")
      .send(await known);
  };

  for (const address of ADDRESSES) {
    app.get(address, (request, reply) => {
      void reply.headers({
        "content-security-policy": PAGE_POLICY,
        "cross-origin-opener-policy": "same-origin",
        "referrer-policy": "no-referrer",
      });
      return send({ request, reply }, html, { type: "text/html; charset=utf-8", isImmutable: false });
    });
  }
  for (const [path, file] of files) {
    app.get(`/${path}`, (request, reply) => {
      // What is opened by itself is no page of ours.
      void reply.header("content-security-policy", "default-src 'none'; sandbox");
      return send({ request, reply }, file.bytes, file);
    });
  }
}
