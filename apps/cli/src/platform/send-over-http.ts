import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Answer, Send, SentRequest } from "@notemill/client";

/**
 * Sends requests of the client by `node:http`.
 *
 * Node's `fetch` would do, but takes longer to load than most commands run.
 */
export const sendOverHttp: Send = (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? requestHttps : requestHttp;
    const request = send(url, {
      method,
      headers: { ...headers, ...lengthOf(body) },
      ...(signal ? { signal } : {}),
    });
    request.once("error", reject);
    request.once("response", (incoming) => resolve(answerOf(incoming)));
    if (body instanceof Blob) pipeline(Readable.fromWeb(body.stream()), request).catch(reject);
    else request.end(body);
  });

/** Node counts what it is given in one piece; a blob comes in many. */
function lengthOf(body: SentRequest["body"]): Readonly<Record<string, string>> {
  return body instanceof Blob ? { "content-length": String(body.size) } : {};
}

function answerOf(incoming: IncomingMessage): Answer {
  const { statusCode: status = 0, headers } = incoming;
  // A connection serves the next request when this answer has been read, and nobody reads one that is empty.
  if (status === 204 || headers["content-length"] === "0") incoming.resume();
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: {
      get(name) {
        const value = headers[name.toLowerCase()];
        return Array.isArray(value) ? value.join(", ") : (value ?? null);
      },
    },
    get body() {
      return Readable.toWeb(incoming) as Answer["body"];
    },
    async arrayBuffer() {
      const { buffer, byteOffset, byteLength } = await bytesOf(incoming);
      return buffer.slice(byteOffset, byteOffset + byteLength);
    },
    async text() {
      return (await bytesOf(incoming)).toString("utf8");
    },
  };
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
