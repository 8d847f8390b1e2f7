import type { IncomingHttpHeaders } from "node:http";
import { ServerError } from "../server-error.ts";

/** What a browser says about the page that makes it ask. */
export interface OriginFacts {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** Where the server's own pages come from, as `http://localhost:8765`. */
  readonly ownOrigins: readonly string[];
}

const SAFE = ["GET", "HEAD", "OPTIONS"];

/**
 * Refuses a request that comes with the cookie of a browser, and is made by a page of
 * somebody else. The cookie goes along by itself: also from another port of this host.
 *
 * What changes something, and what opens a WebSocket, has to say that a page of this
 * server asks. What only reads must not say the opposite, unless a person follows a link.
 *
 * @throws {@link ServerError} `ORIGIN_REFUSED`.
 */
export function checkOrigin(facts: OriginFacts): void {
  const { method, headers } = facts;
  const isReading = SAFE.includes(method) && headers.upgrade === undefined;
  const asker = askerOf(facts);
  if (asker === "own" || (isReading && (asker === "unknown" || isFollowingLink(headers)))) return;
  throw new ServerError(
    "ORIGIN_REFUSED",
    asker === "unknown"
      ? "a request with a cookie that changes something has to come from a page of this server; programs send a bearer token"
      : "a page of somebody else has asked, with the cookie of this server",
    { details: { origin: headers.origin ?? null } },
  );
}

/**
 * Refuses a sign-in that a page of somebody else asks for. A program, which says
 * nothing about pages, may.
 *
 * @throws {@link ServerError} `ORIGIN_REFUSED`.
 */
export function checkSignInOrigin(facts: OriginFacts): void {
  if (askerOf(facts) !== "other") return;
  throw new ServerError("ORIGIN_REFUSED", "a page of somebody else has asked to sign this browser in", {
    details: { origin: facts.headers.origin ?? null },
  });
}

function askerOf({ headers, ownOrigins }: OriginFacts): "own" | "other" | "unknown" {
  // Browsers send it to servers with TLS and on this machine; no page can write it.
  const site = headers["sec-fetch-site"];
  // "none" is an address that a person typed.
  if (site !== undefined && site !== "none") return site === "same-origin" ? "own" : "other";
  if (headers.origin === undefined) return "unknown";
  return ownOrigins.includes(headers.origin.toLowerCase()) ? "own" : "other";
}

function isFollowingLink(headers: IncomingHttpHeaders): boolean {
  return headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}
