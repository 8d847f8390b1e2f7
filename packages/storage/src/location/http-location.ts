import { batches } from "../files/write-chunks.ts";
import { type HttpLimits, httpRequest } from "../http/http-request.ts";
import { publicUrl } from "../http/public-url.ts";
import type { Location } from "./location.ts";

/**
 * An `http://` or `https://` address, read with GET and written with PUT.
 *
 * An answer other than 2xx is an error, unlike in papermill, which takes the
 * page of a 404 for a notebook. Whether PUT will be allowed cannot be known before.
 */
export function openHttpLocation(url: URL, limits: HttpLimits): Location {
  return {
    rewritable: true,
    describe: () => publicUrl(url),
    read: ({ signal } = {}) =>
      httpRequest({ method: "GET", url, headers: { accept: "application/json" }, signal }, limits),
    write: async (chunks, { signal } = {}) => {
      const body = await joined(chunks);
      const headers = { "content-type": "application/json", accept: "application/json, */*;q=0.1" };
      await httpRequest({ method: "PUT", url, headers, body, signal }, limits);
    },
    exists: async () => false,
    checkWritable: async () => undefined,
  };
}

/** One body of known length, which can be sent again after a redirect. */
async function joined(chunks: Iterable<string | Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  for await (const all of batches(chunks, Infinity)) return new Uint8Array(all);
  return new Uint8Array();
}
