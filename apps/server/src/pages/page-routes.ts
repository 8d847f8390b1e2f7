import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { pagePolicy } from "./page-policy.ts";
import type { Pages } from "./read-pages.ts";
import { sendPageFile } from "./send-page-file.ts";

/** Addresses of the app. At no other does it answer programs, which take an unexpected page for a service. */
const ADDRESSES = [
  "/",
  "/view",
  "/view/*",
  "/runs",
  "/runs/:id",
  "/schedules",
  "/schedules/:id",
  "/search",
  "/workflows",
  "/workflows/:id",
  "/workflow-runs/:id",
  "/compare",
  "/status",
];

/**
 * The routes of the web app: its page, and the files that this consists of. They hold nothing of anybody.
 *
 * @param outputsOf - Where the browser that asks gets outputs from, with a slash at the end; null where that is no other origin.
 */
export function pageRoutes(
  app: FastifyInstance,
  { html, files }: Pages,
  outputsOf: (request: FastifyRequest) => string | null,
): void {
  for (const address of ADDRESSES) {
    app.get(address, (request, reply) => {
      const path = pictureAt(request);
      if (path !== null) return reply.redirect(`/files/${path}`, 302);
      return sendPage({ request, reply }, html, outputsOf(request));
    });
  }
  // Where Commuter lists the notebooks that were changed last.
  app.get("/discover", (_request, reply) => reply.redirect("/search", 302));
  for (const [path, file] of files) {
    app.get(`/${path}`, (request, reply) => {
      // What is opened by itself is no page of ours.
      void reply.header("content-security-policy", "default-src 'none'; sandbox");
      return sendPageFile({ request, reply }, file);
    });
  }
}

/** Places of programs, whatever these say that they take. */
const PROGRAMS = /^\/(?:api|files|metrics|outputs)(?:\/|$)/;

/** Whether somebody looks at an address that leads nowhere: a browser asks for a page, programs for something else. */
export function looksForPage({ method, url, headers: { accept = "" } }: FastifyRequest): boolean {
  const isRead = method === "GET" || method === "HEAD";
  return isRead && /\btext\/html\b/.test(accept) && !PROGRAMS.test(url.split("?", 1)[0] ?? "");
}

/** Answers with the app, which says itself what the address shows; `reply` has its status, if it is not 200. */
export function sendPage(
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  html: Buffer,
  outputs: string | null,
): Promise<FastifyReply> {
  void reply.headers({
    "content-security-policy": pagePolicy(outputs),
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
  });
  const page = { bytes: html, type: "text/html; charset=utf-8", isImmutable: false };
  return sendPageFile({ request, reply }, page);
}

/** What a page that was made elsewhere takes for a picture beside its notebook, as Commuter has it; null for a page. */
function pictureAt({ params, headers }: FastifyRequest): string | null {
  const { "*": path } = params as { readonly "*"?: string };
  return path !== undefined && headers["sec-fetch-dest"] === "image"
    ? path.split("/").map(encodeURIComponent).join("/")
    : null;
}
