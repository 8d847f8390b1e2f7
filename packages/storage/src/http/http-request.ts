import { StorageError } from "../storage-error.ts";
import { readCapped } from "./read-body.ts";
import { statusError } from "./status-error.ts";
import { publicUrl } from "./public-url.ts";

/** The part of `fetch` that this package uses, so that a test or an app can pass its own. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

/** Limits that hold for every request. */
export interface HttpLimits {
  /** Longest silence, before the response or within it. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly fetch: Fetch;
}

/** One request, redirects included. */
export interface HttpRequest {
  readonly method: "GET" | "PUT";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly signal?: AbortSignal | undefined;
}

const MAX_REDIRECTS = 10;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request and returns the body of a 2xx answer.
 *
 * Credentials stay on the host they were given for, and a redirect never leads from https to http.
 *
 * @throws {@link StorageError} `STORAGE_NOT_FOUND` (404, 410), `STORAGE_FORBIDDEN` (401, 403, 407),
 * `STORAGE_HTTP_STATUS` (any other status), `STORAGE_TOO_LARGE`, `STORAGE_UNAVAILABLE`.
 */
export async function httpRequest(request: HttpRequest, limits: HttpLimits): Promise<Uint8Array> {
  const silence = silenceTimer(limits.timeoutMs + uploadMs(request));
  const signal = request.signal ? AbortSignal.any([request.signal, silence.signal]) : silence.signal;
  try {
    const response = await followRedirects({ ...request, signal }, limits.fetch);
    silence.heard();
    const body = await readCapped(response, limits.maxBytes, publicUrl(request.url), silence.heard);
    if (!response.ok) throw statusError(request.method, request.url, response, body);
    return body;
  } catch (error) {
    request.signal?.throwIfAborted();
    throw requestError(error, request, silence.signal.aborted ? limits.timeoutMs : null);
  } finally {
    silence.stop();
  }
}

async function followRedirects(request: HttpRequest, fetch: Fetch): Promise<Response> {
  let { url } = request;
  const headers = new Headers(request.headers);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    const { target, authorization } = withoutUserInfo(url);
    if (authorization !== null) headers.set("authorization", authorization);
    const response = await fetch(target, {
      method: request.method,
      headers,
      redirect: "manual",
      ...(request.body && { body: request.body }),
      ...(request.signal && { signal: request.signal }),
    });
    const location = response.headers.get("location");
    if (!REDIRECTS.has(response.status) || location === null) return response;
    if (request.method === "PUT" && response.status === 303) return response;
    await response.body?.cancel();

    const next = nextUrl(location, url);
    if (next.origin !== url.origin) headers.delete("authorization");
    url = next;
  }
  throw new StorageError(
    "STORAGE_UNAVAILABLE",
    `cannot reach ${publicUrl(request.url)}: more than ${MAX_REDIRECTS} redirects, the last to ${publicUrl(url)}`,
    { details: { url: publicUrl(request.url) } },
  );
}

function nextUrl(location: string, from: URL): URL {
  const next = URL.parse(location, from.href);
  const isWeb = next?.protocol === "https:" || next?.protocol === "http:";
  if (next && isWeb && !(from.protocol === "https:" && next.protocol === "http:")) return next;
  throw new StorageError(
    "STORAGE_UNAVAILABLE",
    `${publicUrl(from)} redirects to "${next ? publicUrl(next) : location}", which is not followed: ` +
      "a redirect must be an http or https address and must not leave https",
    { details: { url: publicUrl(from) } },
  );
}

/** `fetch` refuses a user and password within an address; they belong in a header. */
function withoutUserInfo(url: URL): { target: URL; authorization: string | null } {
  if (url.username === "" && url.password === "") return { target: url, authorization: null };
  const target = new URL(url);
  target.username = "";
  target.password = "";
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { target, authorization: `Basic ${Buffer.from(pair, "utf8").toString("base64")}` };
}

function requestError(error: unknown, { method, url }: HttpRequest, silentMs: number | null): unknown {
  if (error instanceof StorageError) return error;
  const why =
    silentMs === null ? reason(error) : `no data for ${silentMs} ms; try again or raise the timeout`;
  return new StorageError("STORAGE_UNAVAILABLE", `${method} ${publicUrl(url)} failed: ${why}`, {
    cause: error,
    details: { method, url: publicUrl(url) },
  });
}

/** `fetch` hides what happened in a cause, which for a name with several addresses has a code but no message. */
function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}

const SLOWEST_UPLOAD_BYTES_PER_MS = 64;

/** `fetch` does not tell how much of a body it has sent, so the silence may be longer by what sending takes. */
function uploadMs({ body }: HttpRequest): number {
  return (body?.byteLength ?? 0) / SLOWEST_UPLOAD_BYTES_PER_MS;
}

/** Aborts its signal when `heard` has not been called for `timeoutMs`. */
function silenceTimer(timeoutMs: number): {
  readonly signal: AbortSignal;
  readonly heard: () => void;
  readonly stop: () => void;
} {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  return { signal: controller.signal, heard: () => timer.refresh(), stop: () => clearTimeout(timer) };
}
