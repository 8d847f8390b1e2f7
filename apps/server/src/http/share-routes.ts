import { posix } from "node:path";
import { Readable } from "node:stream";
import { listFilesSchema } from "@notemill/api";
import { collectBytes, type OpenFile } from "@notemill/storage";
import { findLink, noteUse, type StoredLink } from "@notemill/store";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { FailedTokens } from "../access/failed-tokens.ts";
import { hashOfToken } from "../access/token-text.ts";
import { listFiles } from "../files/list-files.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { directoryPage } from "../share/directory-page.ts";
import { MOST_SHOWN, notebookPage, type NotebookPageOptions } from "../share/notebook-page.ts";
import { sharedThing } from "../share/shared-thing.ts";
import { readRequest } from "./read-request.ts";
import { sendUserBytes } from "./user-bytes.ts";

/** What pages of links may do: nothing. Their address opens them, so it is told nobody. */
const PAGE_HEADERS = {
  "referrer-policy": "no-referrer",
  "x-robots-tag": "noindex, nofollow",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** The same for what a person has written. */
const NOTEBOOK_POLICY =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The addresses of share links: notebooks as static pages, directories as lists, other files to be saved. */
export function shareRoutes(app: FastifyInstance, platform: Platform, failedTokens: FailedTokens): void {
  const { driver, now } = platform;

  const show = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { token, "*": below = "" } = request.params as { readonly token: string; readonly "*"?: string };
    const link = await findLink(driver, { sha256: hashOfToken(token) }, now());
    if (link === null) {
      failedTokens.note(request.ip);
      throw new ServerError("LINK_NOT_FOUND", "there is no such link, or it is over");
    }
    await noteUse(driver, "share_link", { ...link, now: now() });
    void reply.headers(PAGE_HEADERS);
    return answer(platform, { link, token, below: below.replace(/\/$/, "") }, { request, reply });
  };
  app.get("/share/:token", show);
  app.get("/share/:token/*", show);
}

async function answer(
  platform: Platform,
  { link, token, below }: { readonly link: StoredLink; readonly token: string; readonly below: string },
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<FastifyReply> {
  const thing = await sharedThing(platform, link, below);
  if (thing.kind === "directory") {
    const query = { ...(request.query as object), path: thing.path };
    const { cursor, limit } = readRequest(listFilesSchema, query, "query");
    const page = await listFiles(platform, thing.path, { cursor, limit });
    const address = [`${platform.outerPath}/share/${token}`, ...below.split("/").filter((it) => it !== "")]
      .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
      .join("/");
    const title = posix.basename(thing.path);
    return reply
      .type("text/html; charset=utf-8")
      .send(directoryPage(page, { title, address, isTop: below === "" }));
  }
  if (thing.kind === "live") {
    const page =
      thing.file.size > MOST_SHOWN ? null : await pageOf(thing.file, { name: thing.name, code: link.code });
    if (page === null)
      throw new ServerError("OUTPUT_NOT_THERE", "the notebook cannot be shown before its run is over");
    return sendPage(reply, page);
  }
  const { bytes } = thing;
  const isNotebook = bytes.name.endsWith(".ipynb") && bytes.size <= MOST_SHOWN;
  const options = { name: posix.basename(bytes.name), code: link.code };
  const page = isNotebook ? await pageOf(await bytes.open({}), options) : null;
  // Its bytes have the code in them.
  if (page === null && link.code === "omit")
    throw new ServerError("OUTPUT_NOT_THERE", "without its code only a notebook of at most 20 MiB is shown");
  return page === null ? sendUserBytes(request, reply, bytes) : sendPage(reply, page);
}

async function pageOf(file: OpenFile, options: NotebookPageOptions): Promise<AsyncIterable<string> | null> {
  return notebookPage(await collectBytes(file.bytes, MOST_SHOWN, options.name), options);
}

function sendPage(reply: FastifyReply, page: AsyncIterable<string>): FastifyReply {
  return reply
    .header("content-security-policy", NOTEBOOK_POLICY)
    .type("text/html; charset=utf-8")
    .send(Readable.from(page));
}
