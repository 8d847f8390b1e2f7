import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** How old a signed time may be, and how far ahead, in milliseconds. */
const MOST_AGE_MS = 5 * 60_000;

/** What nobody is told about a webhook that is not there, so that it takes as long as one that is. */
const NO_SECRET = randomBytes(32).toString("base64url");

/** Makes a secret for a webhook. */
export function newWebhookSecret(): string {
  return `nmwh_${randomBytes(32).toString("base64url")}`;
}

/** What came to a webhook. */
export interface WebhookRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly now: Date;
}

/**
 * Whether whoever has sent this has the secret: as a bearer token, or by a signature
 * of the body as GitHub or as Standard Webhooks makes one. Takes the same time
 * for every secret, also for null, which lets nobody in.
 */
export function knowsSecret(secret: string | null, request: WebhookRequest): boolean {
  const key = secret ?? NO_SECRET;
  const answers = [isBearer(key, request), isSignedBody(key, request), isStandardWebhook(key, request)];
  return secret !== null && answers.includes(true);
}

/** What makes a request the same one when it comes again; null where it does not say. */
export function deliveryOf(headers: IncomingHttpHeaders): string | null {
  const names = ["notemill-delivery", "webhook-id", "x-github-delivery", "idempotency-key"];
  for (const name of names) {
    const value = headers[name];
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}

function isBearer(secret: string, { headers }: WebhookRequest): boolean {
  const given = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
  return isSame(given, secret);
}

function isSignedBody(secret: string, { headers, body }: WebhookRequest): boolean {
  const given = textOf(headers, "notemill-signature-256") || textOf(headers, "x-hub-signature-256");
  return isSame(given, `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
}

function isStandardWebhook(secret: string, { headers, body, now }: WebhookRequest): boolean {
  const [id, time] = [textOf(headers, "webhook-id"), textOf(headers, "webhook-timestamp")];
  const signed = createHmac("sha256", secret).update(`${id}.${time}.`).update(body).digest("base64");
  const given = textOf(headers, "webhook-signature").split(" ").slice(0, 10);
  const isInTime = Math.abs(now.getTime() - Number(time) * 1000) <= MOST_AGE_MS;
  return given.map((it) => isSame(it, `v1,${signed}`)).includes(true) && isInTime && id !== "";
}

/** Compares in a time that says nothing about either. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHmac("sha256", NO_SECRET).update(text).digest();
}

function textOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === "string" ? value : "";
}
