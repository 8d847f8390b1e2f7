/** A file on GitHub, as the address of its page names it. */
export interface GithubBlob {
  readonly owner: string;
  readonly repository: string;
  /** What follows `/blob/`: the ref and then the path, both of which may hold slashes. */
  readonly refAndPath: readonly string[];
}

/**
 * Reads an address of the form `https://github.com/ORG/REPO/blob/REF/PATH`.
 *
 * Any other address gives null.
 */
export function parseGithubBlob(url: URL): GithubBlob | null {
  if (url.hostname !== "github.com" && url.hostname !== "www.github.com") return null;
  const [owner, repository, blob, ...refAndPath] = decodedSegments(url);
  if (owner === undefined || repository === undefined || blob !== "blob" || refAndPath.length < 2)
    return null;
  return { owner, repository, refAndPath };
}

function decodedSegments(url: URL): string[] {
  try {
    return url.pathname.split("/").slice(1).map(decodeURIComponent);
  } catch {
    return [];
  }
}
