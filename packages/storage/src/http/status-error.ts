import { StorageError, type StorageErrorCode } from "../storage-error.ts";
import { publicUrl } from "./public-url.ts";

const FIRST_WORDS = 200;

const MEANINGS: Readonly<Record<number, { readonly code: StorageErrorCode; readonly says: string }>> = {
  401: { code: "STORAGE_FORBIDDEN", says: "give a user and password or token that the server knows" },
  403: { code: "STORAGE_FORBIDDEN", says: "check that these credentials may do this" },
  407: { code: "STORAGE_FORBIDDEN", says: "the proxy wants credentials" },
  404: { code: "STORAGE_NOT_FOUND", says: "check the address" },
  410: { code: "STORAGE_NOT_FOUND", says: "it existed and was removed" },
};

/** The error for an answer that is not 2xx, with the status and the server's first words. */
export function statusError(
  method: string,
  url: URL,
  response: Pick<Response, "status" | "statusText" | "headers">,
  body: Uint8Array,
): StorageError {
  const { status, statusText } = response;
  const { code, says } = MEANINGS[status] ?? {
    code: "STORAGE_HTTP_STATUS",
    says: status >= 500 ? "the server failed; try again later" : "the server refused the request",
  };
  const words = firstWords(body);
  return new StorageError(
    code,
    `${method} ${publicUrl(url)} answered ${`${status} ${statusText}`.trim()}${words && ` "${words}"`}; ${says}`,
    { details: { method, url: publicUrl(url), status, body: words } },
  );
}

/** The start of a body on one line; of an HTML page, its text. */
export function firstWords(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, 16_384)).toString("utf8");
  const plain = text
    .replaceAll(/<(script|style|head)\b.*?<\/\1\s*>/gis, " ")
    .replaceAll(/<[^<>]*>/g, " ")
    // oxlint-disable-next-line no-control-regex -- a server must not drive the reader's terminal
    .replaceAll(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ")
    .trim();
  return plain.length > FIRST_WORDS ? `${plain.slice(0, FIRST_WORDS)}…` : plain;
}
