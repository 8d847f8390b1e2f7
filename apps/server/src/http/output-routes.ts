import { posix } from "node:path";
import { createFileUrlSchema, createFrameUrlSchema, type OutputUrl } from "@notemill/api";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Addresses } from "../access/addresses.ts";
import { fileAt } from "../files/find-file.ts";
import { fileNotFound } from "../files/file-problems.ts";
import { lookAtFile } from "../files/look-at-file.ts";
import { findVersion, openFile, openVersion } from "../files/version-content.ts";
import { type Capability, createCapabilities } from "../outputs/capabilities.ts";
import { shownType } from "../outputs/media-type.ts";
import { appOrigin, isApartHost, outputOrigin } from "../outputs/output-origin.ts";
import { outputPolicy } from "../outputs/output-policy.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";
import { sendUserBytes, type UserBytes } from "./user-bytes.ts";

/** How long an address shows something, in milliseconds. */
const HOLDS_MS = 3_600_000;

/** What the routes of outputs work with. */
export interface OutputOptions {
  readonly token: string;
  readonly addresses: Addresses;
  /** The address that the server listens on. */
  readonly listensOn: () => string;
}

/**
 * The routes by which browsers show what people have written: the API gives an address
 * that needs no cookie, and shows one file for an hour.
 */
export function outputRoutes(app: FastifyInstance, platform: Platform, options: OutputOptions): void {
  const { token, addresses, listensOn } = options;
  const capabilities = createCapabilities(token);

  app.post("/api/v1/output-urls", async (request, reply): Promise<OutputUrl> => {
    const host = hostOf(request);
    const { url, isApart } = outputOrigin(addresses, { host, listensOn: listensOn() });
    if (isObject(request.body) && "frame" in request.body) {
      const { frame } = readRequest(createFrameUrlSchema, request.body, "body");
      void reply.status(201);
      return {
        url: `${url}/outputs/frames/${frame}`,
        is_apart: isApart,
        is_active: isApart,
        expires_at: null,
      };
    }
    const { path, version, active } = readRequest(createFileUrlSchema, request.body, "body");
    const file = fileAt(platform, path);
    const expiresAt = new Date(platform.now().getTime() + HOLDS_MS);
    const capability = { path: file.virtualPath, version, isActive: active && isApart, isApart, expiresAt };
    // What is not there is said now, and not by an empty frame.
    await bytesOf(platform, capability);
    void reply.status(201);
    const name = encodeURIComponent(posix.basename(file.virtualPath));
    return {
      url: `${url}/outputs/${capabilities.make(capability)}/${name}`,
      is_apart: isApart,
      is_active: capability.isActive,
      expires_at: expiresAt.toISOString(),
    };
  });

  app.get("/outputs/:capability/:name", async (request, reply) => {
    const { capability: text } = request.params as { readonly capability: string };
    const capability = capabilities.read(text, platform.now());
    if (capability === null || !isItsOrigin(addresses, capability, request)) {
      throw new ServerError(
        "OUTPUT_URL_INVALID",
        "the address shows nothing, or not any longer; ask for another",
      );
    }
    const bytes = await bytesOf(platform, capability);
    const type = shownType(bytes.name);
    const { isApart } = capability;
    // A page of its own could take itself elsewhere with what it knows; a frame of the app cannot.
    const isActive = capability.isActive && request.headers["sec-fetch-dest"] !== "document";
    const policy = outputPolicy(isActive, isApart ? appOrigin(addresses, hostOf(request)) : "'self'");
    void reply.headers({ "cross-origin-resource-policy": "cross-origin", "referrer-policy": "no-referrer" });
    return sendUserBytes(request, reply, type === null ? bytes : { ...bytes, shown: { type, policy } });
  });
}

function hostOf({ headers }: FastifyRequest): string {
  return headers.host ?? "";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Whether an address is asked for where it was made for. */
function isItsOrigin(addresses: Addresses, { isApart }: Capability, request: FastifyRequest): boolean {
  return !isApart || isApartHost(addresses, hostOf(request));
}

async function bytesOf(
  platform: Platform,
  { path, version: number }: Pick<Capability, "path" | "version">,
): Promise<UserBytes> {
  const file = fileAt(platform, path);
  if (number !== null) {
    const version = await findVersion(platform, file, number);
    const { size, sha256 } = version;
    const open: UserBytes["open"] = (options) => openVersion(platform, version, options);
    return { name: path, size: size ?? 0, etag: sha256 ?? "", open };
  }
  const { info } = await lookAtFile(platform, file);
  if (info === null) throw fileNotFound(file);
  return { name: path, size: info.size, etag: info.etag, open: (options) => openFile(file, options) };
}
