import type { GithubBlob } from "../github/github-blob.ts";
import { findRef } from "../github/find-ref.ts";
import { githubGet, type GithubOptions } from "../github/github-get.ts";
import { StorageError } from "../storage-error.ts";
import type { Location } from "./location.ts";

/**
 * A file on GitHub, read by GitHub's API. It cannot be written.
 *
 * Format: https://docs.github.com/rest/repos/contents#get-repository-content
 */
export function openGithubLocation(url: URL, blob: GithubBlob, options: GithubOptions): Location {
  const refused = async (): Promise<never> => {
    throw new StorageError(
      "STORAGE_READ_ONLY",
      `cannot write "${url.href}": files on GitHub are only read; write elsewhere and push`,
      { details: { url: url.href } },
    );
  };
  return {
    rewritable: false,
    describe: () => url.href,
    read: async ({ signal } = {}) => {
      const { ref, path } = await findRef(blob, options, signal);
      return githubGet(
        `/repos/${segments([blob.owner, blob.repository])}/contents/${segments(path)}`,
        { ref },
        "application/vnd.github.raw+json",
        options,
        signal,
      );
    },
    write: refused,
    exists: async () => false,
    checkWritable: refused,
  };
}

function segments(parts: readonly string[]): string {
  return parts.map(encodeURIComponent).join("/");
}
