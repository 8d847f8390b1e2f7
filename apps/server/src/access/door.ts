import { isSignedOut } from "@notemill/store";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { type Asker, noteAsker } from "./asker.ts";
import { checkOrigin } from "./check-origin.ts";
import { cookiesOf } from "./cookies.ts";
import type { FailedTokens } from "./failed-tokens.ts";
import { isToken } from "./is-token.ts";
import { askedByRun } from "./run-asks.ts";
import type { SignInDesk } from "./sign-in-desk.ts";

/** What the door knows. */
export interface DoorOptions {
  readonly token: string;
  /** Is good for what runners do, and for nothing else. */
  readonly runnerToken: string;
  readonly failedTokens: FailedTokens;
  readonly desk: SignInDesk;
}

/** What needs no token. */
const OPEN = [
  "GET /api/v1/health",
  "GET /api/v1/ready",
  "GET /api/v1/openapi.json",
  "HEAD /api/v1/health",
  "HEAD /api/v1/ready",
  "HEAD /api/v1/openapi.json",
  "POST /api/v1/session",
];

/**
 * Lets a request in that shows who asks, by a bearer token or the cookie of a sign-in.
 * Pages hold nothing of anybody, and are for all: what they show comes from the API.
 *
 * `?token=T` on a page signs the browser in, and sends it to the page without it.
 *
 * @returns The answer, where there is one already.
 * @throws {@link ServerError} `TOKEN_INVALID`, `TOKEN_NOT_FOR_THIS`, `ORIGIN_REFUSED`, `TOO_MANY_REQUESTS`.
 */
export async function atDoor(
  platform: Platform,
  options: DoorOptions,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<FastifyReply | undefined> {
  const path = request.url.split("?", 1)[0] ?? "";
  if (!isGuarded(path)) return signInByPage(options, { request, reply });
  if (OPEN.includes(`${request.method} ${path}`) || path.startsWith("/api/v1/hooks/")) return undefined;
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  noteAsker(
    request,
    given === undefined
      ? await askedByBrowser(platform, options, request)
      : await askedByToken(platform, options, { given, path, request }),
  );
  return undefined;
}

function isGuarded(path: string): boolean {
  return path === "/api" || path.startsWith("/api/") || path === "/metrics";
}

async function askedByToken(
  platform: Platform,
  { token, runnerToken, failedTokens }: DoorOptions,
  {
    given,
    path,
    request,
  }: { readonly given: string; readonly path: string; readonly request: FastifyRequest },
): Promise<Asker> {
  const run = await askedByRun(platform, given, request);
  if (run !== null) return run;
  if (isToken(given, token)) return { kind: "server-token", signIn: null };
  if (isToken(given, runnerToken) && path.startsWith("/api/v1/runner/")) return { kind: "runner" };
  failedTokens.note(request.ip);
  throw new ServerError(
    "TOKEN_INVALID",
    "the token is not this server's, or not for this; it is in the token file of the data directory",
  );
}

async function askedByBrowser(
  { driver, now }: Platform,
  { desk }: DoorOptions,
  request: FastifyRequest,
): Promise<Asker> {
  const values = cookiesOf(request.headers.cookie, desk.cookieName());
  for (const value of values) {
    const signIn = desk.read(value, now());
    if (signIn === null || (await isSignedOut(driver, signIn.id))) continue;
    checkOrigin({
      method: request.method,
      headers: request.headers,
      ownOrigins: desk.ownOrigins(request),
    });
    return { kind: "server-token", signIn };
  }
  throw new ServerError(
    "TOKEN_INVALID",
    values.length === 0
      ? "the request has no bearer token; it is in the token file of the data directory"
      : "the sign-in of this browser is over; sign in again",
  );
}

function signInByPage(
  { desk, failedTokens, token }: DoorOptions,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): FastifyReply | undefined {
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  const query = request.url.split("?").slice(1).join("?");
  const parameters = new URLSearchParams(query);
  const given = parameters.get("token");
  if (given === null) return undefined;
  if (!isToken(given, token)) {
    failedTokens.note(request.ip);
    throw new ServerError("TOKEN_INVALID", "the token in the address of the page is not this server's");
  }
  parameters.delete("token");
  desk.signIn(reply);
  return reply
    .header("referrer-policy", "no-referrer")
    .redirect(`${desk.pageUrl(request)}${parameters.size > 0 ? `?${parameters.toString()}` : ""}`, 303);
}
