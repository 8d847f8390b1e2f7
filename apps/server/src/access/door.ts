import { findToken, isSignedOut, noteUse } from "@notemill/store";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { askedOperation } from "./asked-operation.ts";
import { type Asker, noteAsker } from "./asker.ts";
import { checkOrigin } from "./check-origin.ts";
import { cookiesOf } from "./cookies.ts";
import type { FailedTokens } from "./failed-tokens.ts";
import { findAsker, type ServerTokens } from "./find-asker.ts";
import { refusalOf, VIEW_ONLY } from "./may-ask.ts";
import { findSigningIn } from "./sign-in-by-token.ts";
import type { SignInDesk } from "./sign-in-desk.ts";
import type { SignIn } from "./sign-ins.ts";

/** What the door knows. */
export interface DoorOptions extends ServerTokens {
  readonly failedTokens: FailedTokens;
  readonly desk: SignInDesk;
}

/** A request, and where its answer goes. */
interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Lets a request in that shows who asks, by a bearer token or the cookie of a sign-in,
 * for what it is good for. Pages hold nothing of anybody, and are for all: what they
 * show comes from the API.
 *
 * `?token=T` on a page signs the browser in, and sends it to the page without it. A browser that
 * is signed in stays so where another page has led it there.
 *
 * @returns The answer, where there is one already.
 * @throws {@link ServerError} `TOKEN_INVALID`, `TOKEN_NOT_FOR_THIS`, `ORIGIN_REFUSED`, `TOO_MANY_REQUESTS`.
 */
export async function atDoor(
  platform: Platform,
  options: DoorOptions,
  { request, reply }: Visit,
): Promise<FastifyReply | undefined> {
  const path = request.url.split("?", 1)[0] ?? "";
  // What the router has found, which reads encoded letters, and not what was written.
  if (!isGuarded(request.routeOptions.url ?? path))
    return signInByPage(platform, options, { request, reply });
  const { id, isOpen } = askedOperation(request);
  if (id === "callWebhook" && platform.viewOnly !== null) throw notForThis(VIEW_ONLY, request);
  if (isOpen) return undefined;
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const asker =
    given === undefined
      ? await askedByBrowser(platform, options, request)
      : await findAsker(platform, options, given);
  if (asker === null) {
    options.failedTokens.note(request.ip);
    throw new ServerError(
      "TOKEN_INVALID",
      "the token is not this server's, or it is over; the server's own is in the token file of the data directory",
    );
  }
  const refusal = refusalOf(platform, asker, request);
  if (refusal !== null) throw notForThis(refusal, request);
  noteAsker(request, asker);
  return undefined;
}

function notForThis(refusal: string, { method, url }: FastifyRequest): ServerError {
  const [path = ""] = url.split("?", 1);
  return new ServerError("TOKEN_NOT_FOR_THIS", `${refusal}: ${method} ${path} is refused`);
}

function isGuarded(path: string): boolean {
  return /^\/(?:api|files|metrics)(?:\/|$)/.test(path);
}

async function askedByBrowser(
  platform: Platform,
  { desk }: DoorOptions,
  request: FastifyRequest,
): Promise<Asker> {
  const { method, headers } = request;
  const asker = await signedIn(platform, desk, request);
  if (asker !== null) {
    checkOrigin({ method, headers, ownOrigins: desk.ownOrigins(request) });
    return asker;
  }
  if (platform.viewOnly === "anyone") return { kind: "anyone" };
  throw new ServerError(
    "TOKEN_INVALID",
    cookiesOf(headers.cookie, desk.cookieName()).length === 0
      ? "the request has no bearer token; the server's own is in the token file of the data directory"
      : "the sign-in of this browser is over; sign in again",
  );
}

/** Who has signed this browser in; null where nobody has, or no longer. */
async function signedIn(
  platform: Platform,
  desk: SignInDesk,
  { headers }: FastifyRequest,
): Promise<Asker | null> {
  for (const value of cookiesOf(headers.cookie, desk.cookieName())) {
    const signIn = desk.read(value, platform.now());
    const asker = signIn === null ? null : await askedBySignIn(platform, signIn);
    if (asker !== null) return asker;
  }
  return null;
}

async function askedBySignIn({ driver, now }: Platform, signIn: SignIn): Promise<Asker | null> {
  if (await isSignedOut(driver, signIn.id)) return null;
  if (signIn.tokenId === null) return { kind: "server-token", signIn };
  const token = await findToken(driver, { id: signIn.tokenId }, now());
  if (token === null) return null;
  await noteUse(driver, "access_token", { ...token, now: now() });
  return { kind: "token", token, signIn };
}

async function signInByPage(
  platform: Platform,
  options: DoorOptions,
  { request, reply }: Visit,
): Promise<FastifyReply | undefined> {
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  const parameters = new URLSearchParams(request.url.split("?").slice(1).join("?"));
  const given = parameters.get("token");
  if (given === null) return undefined;
  const { desk } = options;
  const site = request.headers["sec-fetch-site"];
  const wasLed = site !== undefined && site !== "none";
  if (!wasLed || (await signedIn(platform, desk, request)) === null)
    desk.signIn(reply, await findSigningIn(platform, options, { given, address: request.ip }));
  parameters.delete("token");
  return reply
    .header("referrer-policy", "no-referrer")
    .redirect(`${desk.pageUrl(request)}${parameters.size > 0 ? `?${parameters.toString()}` : ""}`, 303);
}
