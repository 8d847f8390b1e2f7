import { StorageError } from "../storage-error.ts";
import type { GithubBlob } from "./github-blob.ts";
import { githubGet, type GithubOptions } from "./github-get.ts";

/** A {@link GithubBlob} whose ref and path are told apart. */
export interface GithubFile {
  readonly ref: string;
  readonly path: readonly string[];
}

/**
 * Tells where the ref ends and the path begins.
 *
 * A commit id is one segment. Otherwise the branches and then the tags that begin
 * with the first segment are listed, and the longest that fits wins; where none
 * does, the first segment is taken, so that the error is about the file.
 *
 * Format: https://docs.github.com/rest/git/refs#list-matching-references
 */
export async function findRef(
  { owner, repository, refAndPath }: GithubBlob,
  options: GithubOptions,
  signal?: AbortSignal,
): Promise<GithubFile> {
  const [first = "", ...rest] = refAndPath;
  // With two segments there is only one way to cut.
  if (refAndPath.length === 2 || /^[0-9a-f]{40}$/.test(first)) return { ref: first, path: rest };

  for (const kind of ["heads", "tags"]) {
    const address = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repository)}/git/matching-refs/${kind}/${encodeURIComponent(first)}`;
    const body = await githubGet(address, {}, "application/vnd.github+json", options, signal);
    const names = refNames(body, `refs/${kind}/`, address);
    const fitting = names
      .map((name) => name.split("/"))
      .filter(
        (parts) => parts.length < refAndPath.length && parts.every((part, i) => part === refAndPath[i]),
      );
    const longest = fitting.toSorted((a, b) => b.length - a.length)[0];
    if (longest) return { ref: longest.join("/"), path: refAndPath.slice(longest.length) };
  }
  return { ref: first, path: rest };
}

function refNames(body: Uint8Array, prefix: string, address: string): string[] {
  const refs: unknown = parsed(body, address);
  if (!Array.isArray(refs)) throw unexpected(address);
  return refs.map(nameOf).flatMap((name) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
}

function nameOf(entry: unknown): string | null {
  if (typeof entry !== "object" || entry === null || !("ref" in entry)) return null;
  return typeof entry.ref === "string" ? entry.ref : null;
}

function parsed(body: Uint8Array, address: string): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch (cause) {
    throw unexpected(address, cause);
  }
}

function unexpected(address: string, cause?: unknown): StorageError {
  return new StorageError(
    "STORAGE_UNAVAILABLE",
    `GitHub's API answered "${address}" with something other than a list of refs; try again`,
    { cause, details: { address } },
  );
}
