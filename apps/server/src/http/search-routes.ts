import { posix } from "node:path";
import { type FoundFile, type FoundFiles, searchFilesSchema } from "@notemill/api";
import { type IndexedFile, listRecentNotebooks, type RecentPlace, searchFiles } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { directoryAt } from "../files/find-file.ts";
import type { Platform } from "../platform.ts";
import { wordQuery } from "../search/words.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";

/** As many as Commuter's discovery gives. */
const DISCOVERED = 1000;

/** The routes that find files by an index of them. */
export function searchRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, user, mounts } = platform;
  // The index still has what was in mounts that are no longer there.
  const prefixes = mounts.map(({ prefix }) => `${prefix}/`);

  app.get("/api/v1/search", async (request): Promise<FoundFiles> => {
    const { q, under: directory, cursor, limit } = readRequest(searchFilesSchema, request.query, "query");
    const under = directory === undefined ? "" : beginningOf(directoryAt(platform, directory).virtualPath);
    if (q.trim() === "") {
      const before = cursor === undefined ? null : readPlace(cursor);
      const found = await listRecentNotebooks(driver, {
        owner: user,
        prefixes,
        under,
        before,
        limit: limit + 1,
      });
      const files = found.slice(0, limit);
      const last = files.at(-1);
      return { files: files.map(presentFound), next: found.length > limit && last ? writePlace(last) : null };
    }
    const query = wordQuery(q);
    const named = wordQuery(q, "A");
    const text = q.trim().toLowerCase();
    const sought = { owner: user, prefixes, under, limit, text };
    const found =
      query === null || named === null ? [] : await searchFiles(driver, { ...sought, query, named });
    return { files: found.map(presentFound), next: null };
  });

  // What a Commuter with an index answers: the newest notebooks, and what they say of themselves.
  const discovery = async (): Promise<object> => {
    const found = await listRecentNotebooks(driver, {
      owner: user,
      prefixes,
      under: "",
      before: null,
      limit: DISCOVERED,
    });
    return {
      results: found.map(({ path, title, authors, tags, excerpt, modifiedAt }) => ({
        path: path.slice(1),
        last_modified: modifiedAt.toISOString(),
        metadata: { nteract: { title: title || posix.basename(path), authors, tags, description: excerpt } },
      })),
    };
  };
  app.get("/api/v1/discovery", discovery);
  app.get("/api/v1/discovery/*", discovery);
}

function beginningOf(directory: string): string {
  return directory === "/" ? "" : `${directory}/`;
}

function presentFound({ path, isNotebook, modifiedAt, authors, tags, ...rest }: IndexedFile): FoundFile {
  return {
    path,
    name: posix.basename(path),
    is_notebook: isNotebook,
    ...rest,
    authors: [...authors],
    tags: [...tags],
    modified_at: modifiedAt.toISOString(),
  };
}

function writePlace({ modifiedAt, path }: RecentPlace): string {
  return Buffer.from(JSON.stringify([modifiedAt.getTime(), path])).toString("base64url");
}

/** @throws {@link ServerError} `REQUEST_INVALID`. */
function readPlace(cursor: string): RecentPlace {
  try {
    const [time, path] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as [unknown, unknown];
    const modifiedAt = new Date(Number(time));
    if (typeof path === "string" && !Number.isNaN(modifiedAt.getTime())) return { modifiedAt, path };
  } catch {
    // Said below.
  }
  throw new ServerError("REQUEST_INVALID", "query: cursor: expected next of the page before", {
    details: { part: "query", field: "cursor" },
  });
}
