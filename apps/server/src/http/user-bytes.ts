import { posix } from "node:path";
import { Readable } from "node:stream";
import type { OpenFile, ReadOptions } from "@notemill/storage";
import type { FastifyReply, FastifyRequest } from "fastify";
import { ServerError } from "../server-error.ts";

/** Bytes of a person that are about to be sent. */
export interface UserBytes {
  /** What a browser saves them as. */
  readonly name: string;
  readonly size: number;
  /** Unquoted. */
  readonly etag: string;
  /** How a browser shows it. Default: not at all, it saves it. */
  readonly shown?: { readonly type: string; readonly policy: string };
  open(options: ReadOptions): Promise<OpenFile>;
}

/**
 * Sends bytes of a person, all or a range, in a way that no browser shows as a part
 * of this server: in a sandbox, and as an attachment without a type to guess, unless
 * it says how it is shown.
 *
 * @throws {@link ServerError} `RANGE_UNSATISFIABLE`.
 */
export async function sendUserBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  file: UserBytes,
): Promise<FastifyReply> {
  const { name, size } = file;
  const etag = `"${file.etag}"`;
  void reply.headers({ etag, "accept-ranges": "bytes" });
  if (matchesEtag(request.headers["if-none-match"], etag)) return reply.status(304).send();
  const range = readRange(request, { size, etag });
  if (range === "unsatisfiable") {
    void reply.header("content-range", `bytes */${size}`);
    throw new ServerError(
      "RANGE_UNSATISFIABLE",
      `the file has ${size} bytes, and none of those that were asked for`,
      {
        details: { size },
      },
    );
  }
  const bytes = await bytesFor(request, () => file.open(range === null ? {} : { range }));
  if (range !== null)
    void reply.status(206).header("content-range", `bytes ${range.start}-${range.end - 1}/${size}`);
  const { type, policy } = file.shown ?? { type: typeOf(name), policy: "sandbox" };
  return reply
    .headers({
      "content-security-policy": policy,
      "content-disposition": disposition(file.shown === undefined ? "attachment" : "inline", name),
      "content-length": range === null ? size : range.end - range.start,
    })
    .type(type)
    .send(bytes);
}

/** Bytes as they are sent; of a request for the head alone nothing is read. */
export async function bytesFor(
  { method }: FastifyRequest,
  open: () => Promise<Pick<OpenFile, "bytes">>,
): Promise<Readable> {
  return Readable.from(method === "HEAD" ? [] : (await open()).bytes);
}

/** Whether a client has this version already. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  const tags = (header ?? "").split(",").map((it) => it.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}

function typeOf(name: string): string {
  return name.endsWith(".ipynb") ? "application/x-ipynb+json" : "application/octet-stream";
}

/** A disposition as RFC 6266 has it, for any name. */
export function disposition(kind: "attachment" | "inline", name: string): string {
  const plain = posix.basename(name).replaceAll(/[^\w. -]/g, "_");
  const exact = encodeURIComponent(posix.basename(name)).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${exact}`;
}

/** The one range that is asked for; null where all is wanted, or more than one. */
function readRange(
  { headers }: FastifyRequest,
  { size, etag }: { readonly size: number; readonly etag: string },
): { readonly start: number; readonly end: number } | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? "") ?? [];
  const condition = headers["if-range"];
  if ((first === "" && last === "") || (condition !== undefined && condition !== etag)) return null;
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size : Math.min(size, Number(last) + 1);
  // What is backwards is no range, and everything is sent.
  if (first !== "" && last !== "" && Number(last) < start) return null;
  return start >= size || start >= end ? "unsatisfiable" : { start, end };
}
