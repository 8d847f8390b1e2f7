import { type HttpLimits, httpRequest } from "../http/http-request.ts";
import { StorageError } from "../storage-error.ts";

/** How GitHub's API is reached. */
export interface GithubOptions extends HttpLimits {
  readonly apiUrl: URL;
  /** Raises the rate limit and opens private repositories. */
  readonly token: string | undefined;
}

/**
 * One GET of GitHub's REST API.
 *
 * @throws {@link StorageError} as {@link httpRequest}, with the token as the remedy where it may help.
 */
export async function githubGet(
  path: string,
  query: Readonly<Record<string, string>>,
  accept: string,
  options: GithubOptions,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const url = new URL(options.apiUrl.href.replace(/\/$/, "") + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const headers: Record<string, string> = {
    accept,
    "user-agent": "notemill",
    "x-github-api-version": "2022-11-28",
    ...(options.token !== undefined && { authorization: `Bearer ${options.token}` }),
  };
  try {
    return await httpRequest({ method: "GET", url, headers, signal }, options);
  } catch (error) {
    throw withRemedy(error, options.token !== undefined);
  }
}

function withRemedy(error: unknown, hasToken: boolean): unknown {
  if (!(error instanceof StorageError)) return error;
  const { status } = error.details;
  if (status !== 401 && status !== 403 && status !== 404 && status !== 429) return error;
  const remedy = hasToken
    ? "check that the token in GITHUB_ACCESS_TOKEN may read this repository"
    : "for a private repository or a higher rate limit set GITHUB_ACCESS_TOKEN";
  return new StorageError(error.code, `${error.message}; ${remedy}`, {
    cause: error,
    details: error.details,
  });
}
