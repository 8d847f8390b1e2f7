import {
  deleteFileSchema,
  diffFileSchema,
  fileContentSchema,
  filePathSchema,
  listFilesSchema,
  listVersionsSchema,
  makeDirectorySchema,
  restoreFileSchema,
  type Transferred,
  transferFilesSchema,
} from "@notemill/api";
import { listFileVersions } from "@notemill/store";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { directoryAt, fileAt } from "../files/find-file.ts";
import { explainedError, fileNotFound, refuseReadOnly } from "../files/file-problems.ts";
import { listFiles } from "../files/list-files.ts";
import { lookAtFile } from "../files/look-at-file.ts";
import { deleteDirectory, deleteFile, transfer, type TransferRequest } from "../files/move-files.ts";
import { presentDirectory, presentVersion } from "../files/present-file.ts";
import { type SaveCondition, saveFile } from "../files/save-file.ts";
import { tooLarge } from "../files/version-blobs.ts";
import {
  describeFile,
  diffFile,
  findVersion,
  openFile,
  openVersion,
  restoreFile,
} from "../files/version-content.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readFile } from "./read-file.ts";
import { readRequest } from "./read-request.ts";
import { sendUserBytes } from "./user-bytes.ts";

/** The routes of the virtual file system. */
export function fileRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, log } = platform;

  app.get("/api/v1/files", async (request, reply) => {
    const { path } = readRequest(filePathSchema, request.query, "query");
    const directory = directoryAt(platform, path);
    if (directory.kind === "mounts") return presentDirectory(directory.virtualPath, false);
    const isRoot = directory.path === "";
    const isDirectory = isRoot || (await directory.store.hasDirectory(directory.path));
    if (isDirectory) return presentDirectory(directory.virtualPath, !directory.isReadOnly);
    const file = await describeFile(platform, directory);
    void reply.header("etag", file.etag);
    return file;
  });

  app.get("/api/v1/files/entries", async (request) => {
    const { path, ...wanted } = readRequest(listFilesSchema, request.query, "query");
    return listFiles(platform, path, wanted);
  });

  app.get("/api/v1/files/content", async (request, reply) => {
    const { path, version } = readRequest(fileContentSchema, request.query, "query");
    return sendContent(platform, { path, version }, { request, reply });
  });

  app.put("/api/v1/files/content", async (request, reply) => {
    const { path } = readRequest(filePathSchema, request.query, "query");
    const file = fileAt(platform, path);
    const condition = readCondition(request);
    if (condition === null) {
      throw new ServerError(
        "CONDITION_MISSING",
        "say what is to be replaced: If-Match with the etag that was read, or If-None-Match: * for a new file",
      );
    }
    refuseReadOnly(file);
    const bytes = readFile(request);
    if (Number(request.headers["content-length"]) > platform.maxFileBytes)
      throw tooLarge(platform.maxFileBytes);
    const { version, isNew } = await saveFile(platform, file, { bytes, condition, kind: "saved" });
    log.info({ path: file.virtualPath, version: version.number }, "file saved");
    platform.fileChanged(file.virtualPath);
    const saved = await describeFile(platform, file);
    return reply
      .status(isNew ? 201 : 200)
      .header("etag", saved.etag)
      .send(saved);
  });

  app.delete("/api/v1/files", async (request): Promise<Transferred> => {
    const { path, recursive } = readRequest(deleteFileSchema, request.query, "query");
    const file = fileAt(platform, path);
    refuseReadOnly(file);
    if (await file.store.hasDirectory(file.path)) {
      const gone = await deleteDirectory(platform, file, { isRecursive: recursive === "true" });
      platform.fileChanged(file.virtualPath);
      return { path: file.virtualPath, ...gone };
    }
    await deleteFile(platform, file, { condition: readCondition(request) ?? { kind: "any" } });
    log.info({ path: file.virtualPath }, "file deleted");
    platform.fileChanged(file.virtualPath);
    return { path: file.virtualPath, files: 1 };
  });

  app.post("/api/v1/files/directories", async (request, reply) => {
    const { path } = readRequest(makeDirectorySchema, request.body, "body");
    const directory = fileAt(platform, path.replace(/\/$/, ""));
    refuseReadOnly(directory);
    await directory.store.makeDirectory(directory.path).catch((error: unknown) => {
      throw explainedError(error, directory);
    });
    return reply.status(201).send(presentDirectory(directory.virtualPath, true));
  });

  const transferRoute = async (
    request: FastifyRequest,
    kind: TransferRequest["kind"],
  ): Promise<Transferred> => {
    const { from, to, replace } = readRequest(transferFilesSchema, request.body, "body");
    const condition: SaveCondition = { kind: replace ? "any" : "absent" };
    const source = fileAt(platform, from);
    const target = fileAt(platform, to);
    const done = await transfer(platform, { from: source, to: target }, { kind, condition });
    platform.fileChanged(source.virtualPath, target.virtualPath);
    return { path: target.virtualPath, ...done };
  };
  app.post("/api/v1/files/move", (request) => transferRoute(request, "moved"));
  app.post("/api/v1/files/copy", (request) => transferRoute(request, "copied"));

  app.get("/api/v1/files/versions", async (request) => {
    const { path, before, limit } = readRequest(listVersionsSchema, request.query, "query");
    const file = fileAt(platform, path);
    const { info } = await lookAtFile(platform, file);
    const found = await listFileVersions(driver, file.virtualPath, {
      before: before ?? null,
      limit: limit + 1,
    });
    if (found.length === 0 && info === null) throw fileNotFound(file);
    const versions = found.slice(0, limit).map(presentVersion);
    return { versions, next: found.length > limit ? (versions.at(-1)?.version ?? null) : null };
  });

  app.get("/api/v1/files/diff", async (request) => {
    const { path, from, to } = readRequest(diffFileSchema, request.query, "query");
    return diffFile(platform, fileAt(platform, path), { from, to });
  });

  app.post("/api/v1/files/restore", async (request) => {
    const { path, version } = readRequest(restoreFileSchema, request.body, "body");
    const file = fileAt(platform, path);
    refuseReadOnly(file);
    const restored = await restoreFile(platform, file, version);
    platform.fileChanged(file.virtualPath);
    return restored;
  });
}

async function sendContent(
  platform: Platform,
  { path, version: number }: { readonly path: string; readonly version: number | undefined },
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<FastifyReply> {
  const file = fileAt(platform, path);
  if (number !== undefined) {
    const version = await findVersion(platform, file, number);
    return sendUserBytes(request, reply, {
      name: file.virtualPath,
      size: version.size ?? 0,
      etag: version.sha256 ?? "",
      open: (options) => openVersion(platform, version, options),
    });
  }
  const { info } = await lookAtFile(platform, file);
  if (info === null) throw fileNotFound(file);
  return sendUserBytes(request, reply, {
    name: file.virtualPath,
    size: info.size,
    etag: info.etag,
    open: (options) => openFile(file, options),
  });
}

/** What the headers say has to be true; null where they say nothing. @throws {@link ServerError} `REQUEST_INVALID`. */
function readCondition({ headers }: FastifyRequest): SaveCondition | null {
  const { "if-match": ifMatch, "if-none-match": ifNoneMatch } = headers;
  if (ifMatch !== undefined && ifNoneMatch !== undefined)
    throw invalidHeader("If-Match and If-None-Match do not go together");
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() !== "*") throw invalidHeader("If-None-Match is * for a save");
    return { kind: "absent" };
  }
  if (ifMatch === undefined) return null;
  if (ifMatch.trim() === "*") return { kind: "present" };
  const etags = ifMatch.split(",").map((it) => /^"([^"]*)"$/.exec(it.trim())?.[1]);
  if (etags.some((etag) => etag === undefined)) throw invalidHeader("If-Match is an etag in quotes, or *");
  return { kind: "matches", etags: etags.filter((etag) => etag !== undefined) };
}

function invalidHeader(why: string): ServerError {
  return new ServerError("REQUEST_INVALID", why, { details: { part: "header", field: "" } });
}
