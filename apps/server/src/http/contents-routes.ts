import { posix } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { fileAt } from "../files/find-file.ts";
import { fileNotFound } from "../files/file-problems.ts";
import { lookAtFile } from "../files/look-at-file.ts";
import { openFile } from "../files/version-content.ts";
import { contentsQuerySchema, readContents } from "../jupyter/read-contents.ts";
import type { Platform } from "../platform.ts";
import { takeTurns } from "../take-turns.ts";
import { problemOf } from "./problem.ts";
import { readRequest } from "./read-request.ts";
import { sendUserBytes } from "./user-bytes.ts";

/** What is shown by itself: pictures, in a sandbox. */
const PICTURES: Readonly<Record<string, string>> = {
  ".avif": "image/avif",
  ".gif": "image/gif",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
};

/** How many files or directories are held whole at a time. */
const WHOLE_AT_ONCE = 2;

/** Routes that read, as Jupyter Server and Commuter have them. Where these differ, Jupyter's meaning is taken. */
export function contentsRoutes(app: FastifyInstance, platform: Platform): void {
  app.get("/api/ping", () => "pong");

  const turn = takeTurns(WHOLE_AT_ONCE);
  const contents = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    try {
      const path = pathOf(request);
      const [, file] = /^(.+)\/checkpoints$/.exec(path) ?? [];
      if (file !== undefined && !(await isThere(platform, path))) {
        await readContents(platform, file, { content: "0", hash: "0" });
        return [];
      }
      const query = readRequest(contentsQuerySchema, request.query, "query");
      const read = (): ReturnType<typeof readContents> => readContents(platform, path, query);
      return await (query.content === "0" && query.hash === "0" ? read() : turn(read));
    } catch (error) {
      // Jupyter's clients show `message`.
      const problem = problemOf(error);
      if (problem.status >= 500) throw error;
      return reply
        .status(problem.status)
        .type("application/problem+json")
        .send({ ...problem, message: problem.detail, reason: null });
    }
  };
  app.get("/api/contents", contents);
  app.get("/api/contents/*", contents);

  app.get("/files/*", async (request, reply) => {
    const file = fileAt(platform, pathOf(request));
    const { info } = await lookAtFile(platform, file);
    if (info === null) throw fileNotFound(file);
    const type = PICTURES[posix.extname(file.virtualPath).toLowerCase()];
    return sendUserBytes(request, reply, {
      name: file.virtualPath,
      size: info.size,
      etag: info.etag,
      ...(type === undefined ? {} : { shown: { type, policy: "sandbox; default-src 'none'" } }),
      open: (options) => openFile(file, options),
    });
  });
}

async function isThere(platform: Platform, path: string): Promise<boolean> {
  const file = fileAt(platform, path);
  return (await file.store.stat(file.path)) !== null || file.store.hasDirectory(file.path);
}

function pathOf({ params }: FastifyRequest): string {
  const { "*": below = "" } = params as { readonly "*"?: string };
  return `/${below.replaceAll(/^\/+|\/+$/g, "")}`;
}
