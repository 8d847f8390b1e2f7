import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { parseGithubBlob } from "../github/github-blob.ts";
import type { Fetch } from "../http/http-request.ts";
import { StorageError } from "../storage-error.ts";
import { openGithubLocation } from "./github-location.ts";
import { openHttpLocation } from "./http-location.ts";
import { openLocalLocation } from "./local-location.ts";
import type { S3Options } from "../s3/s3-settings.ts";
import type { Location } from "./location.ts";
import { openS3Location } from "./s3-location.ts";
import { openStandardStreams } from "./standard-streams.ts";

/** Options of {@link openLocation}. */
export interface OpenLocationOptions {
  /** What a relative path is relative to. Default: the process's directory. */
  readonly cwd?: string;
  /** Where credentials and endpoints are read from. Default: `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What `-` reads. Default: `process.stdin`. */
  readonly stdin?: Readable;
  /** What `-` writes. Default: `process.stdout`. */
  readonly stdout?: Writable;
  /** The largest content that is read, in bytes. Default 512 MiB, about the longest string JavaScript can hold. */
  readonly maxBytes?: number;
  /** The longest silence of a server, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /** Makes web requests. Default: `globalThis.fetch`. */
  readonly fetch?: Fetch;
  /** How `s3://` is reached. Default: as the environment says. */
  readonly s3?: S3Options;
  /** Default `https://api.github.com`. */
  readonly githubApiUrl?: string;
}

const DEFAULT_MAX_BYTES = 512 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 60_000;
const PLANNED = new Set(["adl", "abs", "gs", "hdfs"]);

/**
 * Opens what a person named on the command line; nothing is read or written yet.
 *
 * | Form | Read | Written |
 * | --- | --- | --- |
 * | a path, `file://` | file, pipe, device | replaced in one step; pipes and devices written through |
 * | `-` | standard input | standard output |
 * | `http://`, `https://` | GET | PUT |
 * | `s3://BUCKET/KEY` | GET, decompressed | PUT |
 * | `https://github.com/ORG/REPO/blob/REF/PATH` | GitHub's API | refused |
 *
 * @throws {@link StorageError} `STORAGE_SCHEME_UNKNOWN`, `STORAGE_PATH_INVALID`.
 */
export function openLocation(name: string, options: OpenLocationOptions = {}): Location {
  const { cwd = process.cwd(), maxBytes = DEFAULT_MAX_BYTES } = options;
  if (name === "-") {
    return openStandardStreams({
      stdin: options.stdin ?? process.stdin,
      stdout: options.stdout ?? process.stdout,
      maxBytes,
    });
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(name)?.[1]?.toLowerCase();
  if (scheme === undefined) return openLocalLocation(name, { cwd, maxBytes });

  if (scheme === "s3") return openS3Location(name, s3Options(options, maxBytes));
  const url = parseUrl(name);
  switch (scheme) {
    case "file":
      return openLocalLocation(filePath(url), { cwd, maxBytes });
    case "http":
    case "https":
      return openWeb(url, options, maxBytes);
    default:
      throw unknownScheme(name, scheme);
  }
}

function s3Options(
  { s3 = {}, env, timeoutMs }: OpenLocationOptions,
  maxBytes: number,
): S3Options & { readonly maxBytes: number } {
  return { ...(env && { env }), ...(timeoutMs !== undefined && { timeoutMs }), ...s3, maxBytes };
}

function openWeb(url: URL, options: OpenLocationOptions, maxBytes: number): Location {
  const { env = process.env, timeoutMs = DEFAULT_TIMEOUT_MS, fetch = globalThis.fetch } = options;
  const limits = { timeoutMs, maxBytes, fetch };
  const blob = parseGithubBlob(url);
  if (!blob) return openHttpLocation(url, limits);
  return openGithubLocation(url, blob, {
    ...limits,
    apiUrl: new URL(options.githubApiUrl ?? "https://api.github.com"),
    token: env["GITHUB_ACCESS_TOKEN"] || undefined,
  });
}

function parseUrl(name: string): URL {
  const url = URL.parse(name);
  if (url) return url;
  throw new StorageError("STORAGE_PATH_INVALID", `"${name}" is not a valid address; check host and port`, {
    details: { name },
  });
}

function filePath(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new StorageError(
      "STORAGE_PATH_INVALID",
      `"${url.href}" does not name a file of this machine; write file:///PATH or the path alone`,
      { cause, details: { name: url.href } },
    );
  }
}

function unknownScheme(name: string, scheme: string): StorageError {
  const why = PLANNED.has(scheme)
    ? `${scheme}:// is not supported yet; copy the file to a local path, s3:// or https:// first`
    : `${scheme}:// is not a known scheme; for a local file of this name write "./${name}"`;
  return new StorageError("STORAGE_SCHEME_UNKNOWN", `cannot open "${name}": ${why}`, {
    details: { name, scheme },
  });
}
