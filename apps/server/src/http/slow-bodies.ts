import { encodeWireJson } from "@notemill/api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ServerError } from "../server-error.ts";
import { problemOf } from "./problem.ts";

/** How long the body of a request may take, in milliseconds. */
export interface BodyTimes {
  /** In so long something of it has to come; of a file that is uploaded some kilobytes. */
  readonly silenceMs: number;
  /** In so long all of it has to be there, unless it is a file, which may be large and a network slow. */
  readonly wholeMs: number;
}

/** A body under way, as it was looked at last. */
export interface BodyProgress {
  readonly startedAt: number;
  /** How many looks since then have found too little. A server that is busy looks less often, and cuts later. */
  readonly still: number;
  /** How many bytes there were when enough had come. */
  readonly bytes: number;
}

/** What a look finds. */
export interface BodyLook {
  readonly now: number;
  /** How many bytes have come by now. */
  readonly bytes: number;
  readonly isFile: boolean;
  /** Something has come that the server has not taken yet: it is the one that is waited for. */
  readonly isServerSlow: boolean;
}

/** Looks at a body once more. @returns Its progress, or null for one that is too slow. Pure. */
export function lookAtBody(
  before: BodyProgress,
  { now, bytes, isFile, isServerSlow }: BodyLook,
  wholeMs: number,
): BodyProgress | null {
  const { startedAt } = before;
  if (isServerSlow) return { startedAt, still: 0, bytes };
  if (!isFile && now - startedAt >= wholeMs) return null;
  if (bytes - before.bytes >= (isFile ? LEAST_OF_FILE : 1)) return { startedAt, still: 0, bytes };
  const still = before.still + 1;
  return still >= LOOKS ? null : { ...before, still };
}

/** What of a file has to come in the time in which it may be silent. */
const LEAST_OF_FILE = 16 * 2 ** 10;

/** How many looks there are in the time in which a body may be silent. */
const LOOKS = 4;

/** Cuts off requests whose bodies come too slowly; whoever has let them in or not. */
export function cutSlowBodies(app: FastifyInstance, times: BodyTimes): void {
  const watched = new Map<FastifyRequest, { readonly reply: FastifyReply; progress: BodyProgress }>();
  const look = (): void => {
    const now = performance.now();
    for (const [request, watch] of watched) {
      const { raw } = request;
      if (raw.complete || raw.destroyed) {
        watched.delete(request);
        continue;
      }
      const isFile = request.headers["content-type"]?.startsWith("application/octet-stream") === true;
      const found = { now, bytes: raw.socket.bytesRead, isFile, isServerSlow: raw.readableLength > 0 };
      const progress = lookAtBody(watch.progress, found, times.wholeMs);
      if (progress !== null) {
        watch.progress = progress;
        continue;
      }
      watched.delete(request);
      cut(request, watch.reply);
    }
  };
  const timer = setInterval(look, times.silenceMs / LOOKS).unref();
  app.addHook("onClose", (_app, done) => {
    clearInterval(timer);
    done();
  });
  app.addHook("onRequest", (request, reply, done) => {
    const { headers, raw } = request;
    if (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0) {
      const progress = { startedAt: performance.now(), still: 0, bytes: raw.socket.bytesRead };
      watched.set(request, { reply, progress });
      raw.once("close", () => watched.delete(request));
    }
    done();
  });
}

function cut({ raw }: FastifyRequest, reply: FastifyReply): void {
  const error = new ServerError(
    "REQUEST_TOO_SLOW",
    "the body of the request came too slowly, or not at all; send it again",
  );
  if (reply.raw.headersSent) {
    raw.destroy();
    return;
  }
  reply.hijack();
  reply.raw
    .writeHead(error.status, { "content-type": "application/problem+json", connection: "close" })
    .end(encodeWireJson(problemOf(error)), () => raw.destroy(error));
}
