import { lookup as lookUp } from "node:dns";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { ServerError } from "../server-error.ts";
import { isPrivateAddress } from "./private-addresses.ts";

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 15_000;

/** How often a receiver may send to another address. */
const MOST_REDIRECTS = 3;

/** What is sent, and where to. */
export interface WebhookMessage {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Options of {@link sendWebhook}. */
export interface SendWebhookOptions {
  /** Hosts, as `chat.internal` or `10.0.0.5:8080`, that are reached although they are private. */
  readonly allowedHosts: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Posts a message, and wants an answer of success. Names are resolved once and what
 * was checked is what is connected to; a redirect is checked like the first address.
 *
 * @throws {@link ServerError} `DELIVERY_REFUSED` where it is no use to try again,
 * `DELIVERY_FAILED` where it may be.
 */
export async function sendWebhook(message: WebhookMessage, options: SendWebhookOptions): Promise<void> {
  let url = readUrl(message.url);
  for (let count = 0; ; count += 1) {
    const { status, location } = await post(url, message, options);
    if (status >= 200 && status < 300) return;
    // Others would have the message become a GET, or mean that it has moved for good.
    if ((status === 307 || status === 308) && location !== undefined && count < MOST_REDIRECTS) {
      const next = readUrl(new URL(location, url).href);
      if (url.protocol === "https:" && next.protocol !== "https:")
        throw refusal(`the receiver at ${url.host} sends on to an address without TLS`);
      url = next;
      continue;
    }
    const isPassing = status >= 500 || [408, 425, 429].includes(status);
    const why = `the receiver at ${url.host} has answered ${status}`;
    throw isPassing ? new ServerError("DELIVERY_FAILED", why) : refusal(why);
  }
}

/** Reads the address of a receiver. @throws {@link ServerError} `DELIVERY_REFUSED`. */
export function readUrl(text: string): URL {
  if (!URL.canParse(text)) throw refusal("the address of the receiver is no URL");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw refusal(`a receiver is reached by https or http, and not by ${url.protocol}`);
  return url;
}

interface Answer {
  readonly status: number;
  readonly location: string | undefined;
}

function post(url: URL, { body, headers }: WebhookMessage, options: SendWebhookOptions): Promise<Answer> {
  const isAllowed = options.allowedHosts.some((it) => it === url.host || it === url.hostname);
  // An address that stands in the URL is not looked up.
  const bare = url.hostname.replace(/^\[|\]$/g, "");
  if (!isAllowed && isIP(bare) !== 0 && isPrivateAddress(bare)) throw privateAddress(url);
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: "POST",
        headers: { ...headers, "content-length": Buffer.byteLength(body) },
        lookup: isAllowed ? undefined : publicLookup(url),
        signal: AbortSignal.any([options.signal, AbortSignal.timeout(ANSWER_MS)]),
        agent: false,
      },
      (response: IncomingMessage) => {
        // Nobody reads what comes; the status is the answer.
        response.destroy();
        resolve({ status: response.statusCode ?? 0, location: response.headers.location });
      },
    );
    sent.once("error", (error) => reject(failure(url, error)));
    sent.end(body);
  });
}

/** Resolves a name and gives only addresses of the internet. */
function publicLookup(url: URL): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, "", 0);
      if (addresses.some(({ address }) => isPrivateAddress(address)))
        return callback(privateAddress(url), "", 0);
      const [first] = addresses;
      if (options.all === true) return callback(null, addresses);
      return callback(null, first?.address ?? "", first?.family ?? 0);
    });
  };
}

function failure(url: URL, error: Error): ServerError {
  if (error instanceof ServerError) return error;
  const why = error.name === "TimeoutError" ? "it has not answered in time" : error.message;
  return new ServerError("DELIVERY_FAILED", `the receiver at ${url.host} cannot be reached: ${why}`, {
    cause: error,
  });
}

function privateAddress(url: URL): ServerError {
  return refusal(
    `the receiver at ${url.host} has a private address; allow it with --allow-webhook ${url.host} if it is meant`,
  );
}

function refusal(message: string): ServerError {
  return new ServerError("DELIVERY_REFUSED", message);
}
