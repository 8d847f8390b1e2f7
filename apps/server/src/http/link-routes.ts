import { createLinkSchema, listLinksSchema } from "@notemill/api";
import { createLink, deleteLink, listLinks, type StoredLink } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { presentLink } from "../access/present.ts";
import { readExpiry } from "../access/read-expiry.ts";
import { hashOfToken, newTokenText } from "../access/token-text.ts";
import { directoryAt, fileAt } from "../files/find-file.ts";
import { fileNotFound } from "../files/file-problems.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { findRun } from "./find-run.ts";
import { readRequest } from "./read-request.ts";

const DAY_MS = 86_400_000;

/** How long a link holds where nobody says, and the longest, in milliseconds. */
const DEFAULT_MS = 7 * DAY_MS;
const LONGEST_MS = 366 * DAY_MS;

/** The routes of share links. What they open is in {@link shareRoutes}. */
export function linkRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, user, now, newId, log } = platform;

  app.post("/api/v1/links", async (request, reply) => {
    const body = readRequest(createLinkSchema, request.body, "body");
    const expiresAt =
      body.expires_at === undefined
        ? new Date(now().getTime() + DEFAULT_MS)
        : readExpiry(body.expires_at, now(), LONGEST_MS);
    const thing = await sharedThing(platform, body);
    if (body.code === "omit") checkNotebook(thing);
    const text = newTokenText("nml_");
    const link = await createLink(driver, {
      id: newId(),
      owner: user,
      sha256: hashOfToken(text),
      ...thing,
      code: body.code,
      note: body.note,
      expiresAt,
      now: now(),
    });
    log.info({ link_id: link.id, kind: link.kind, path: link.path, run_id: link.runId }, "link made");
    const url = `${platform.publicUrl}/share/${text}`;
    return reply.status(201).send({ ...presentLink(link), url, token: text });
  });

  app.get("/api/v1/links", async (request) => {
    const { before = null, limit } = readRequest(listLinksSchema, request.query, "query");
    const links = await listLinks(driver, { owner: user, before, limit: limit + 1 });
    const page = links.slice(0, limit);
    return { links: page.map(presentLink), next: links.length > limit ? (page.at(-1)?.id ?? null) : null };
  });

  app.delete("/api/v1/links/:id", async (request, reply) => {
    const { id } = readRequest(z.object({ id: z.uuid() }), request.params, "id");
    if (!(await deleteLink(driver, user, id)))
      throw new ServerError("LINK_NOT_FOUND", `there is no link "${id}"`, { details: { id } });
    log.info({ link_id: id }, "link revoked");
    return reply.status(204).send();
  });
}

/** Code is left out of notebooks only: other files are handed over as they are. */
function checkNotebook({ kind, path }: Pick<StoredLink, "kind" | "path">): void {
  if (kind === "run" || (kind !== "directory" && path?.endsWith(".ipynb") === true)) return;
  throw new ServerError(
    "REQUEST_INVALID",
    `code is left out of a notebook, its latest output or a run, and not of "${path}"`,
    { details: { path } },
  );
}

/** What a link is to show, which has to be there. */
async function sharedThing(
  platform: Platform,
  body: z.output<typeof createLinkSchema>,
): Promise<Pick<StoredLink, "kind" | "path" | "runId">> {
  if (body.kind === "run") {
    const { id } = await findRun(platform, { id: body.run_id });
    return { kind: "run", path: null, runId: id };
  }
  if (body.kind === "latest") {
    // Its first successful run may be still to come.
    return { kind: "latest", path: fileAt(platform, body.path).virtualPath, runId: null };
  }
  const found = directoryAt(platform, body.path);
  if (found.kind === "mounts") {
    throw new ServerError("PATH_NOT_MOUNTED", `"${body.path}" holds all mounts; share something in one`, {
      details: { path: body.path },
    });
  }
  const path = found.virtualPath;
  if (found.path === "" || (await found.store.hasDirectory(found.path)))
    return { kind: "directory", path, runId: null };
  if ((await found.store.stat(found.path)) === null) throw fileNotFound(found);
  return { kind: "file", path, runId: null };
}
