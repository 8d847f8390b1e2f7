import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openLocation } from "../src/index.ts";
import { type Received, serve, type TestServer } from "../testing/serve.ts";

const REFS: Readonly<Record<string, readonly string[]>> = {
  "heads/main": ["refs/heads/main", "refs/heads/maintenance"],
  "heads/feature": ["refs/heads/feature/x", "refs/heads/feature/x-long"],
  "tags/v1": ["refs/tags/v1", "refs/tags/v10"],
};

/** Stands for GitHub's API: the repository `org/repo` has the notebook `dir/n b.ipynb` at three refs. */
function answer({ path, headers }: Received): { status: number; body: string } {
  const url = new URL(path, "http://host");
  if (url.pathname.startsWith("/repos/org/private/") && headers.authorization !== "Bearer token") {
    return { status: 404, body: '{"message": "Not Found"}' };
  }
  if (url.pathname.startsWith("/repos/org/busy/")) {
    return { status: 403, body: '{"message": "API rate limit exceeded"}' };
  }
  const refs = /\/git\/matching-refs\/(.+)$/.exec(url.pathname)?.[1];
  if (refs !== undefined) {
    const found = REFS[decodeURIComponent(refs)] ?? [];
    return { status: 200, body: JSON.stringify(found.map((ref) => ({ ref, object: {} }))) };
  }
  const [, file] = /\/contents\/(.+)$/.exec(url.pathname) ?? [];
  const ref = url.searchParams.get("ref") ?? "";
  const isThere = file === "dir/n%20b.ipynb" && ["main", "feature/x", "v1", "0".repeat(40)].includes(ref);
  return isThere
    ? { status: 200, body: `notebook at ${ref}` }
    : { status: 404, body: '{"message": "Not Found"}' };
}

describe("a notebook on GitHub", () => {
  let api: TestServer;
  let before = 0;
  beforeAll(async () => {
    api = await serve((request, response) => {
      const { status, body } = answer(request);
      response.writeHead(status).end(body);
    });
  });
  beforeEach(() => {
    before = api.received.length;
  });
  afterAll(() => api.close());

  const open = (path: string, env: Record<string, string> = {}) =>
    openLocation(`https://github.com/${path}`, { env, githubApiUrl: `${api.origin}/` });
  const read = async (path: string, env?: Record<string, string>): Promise<string> =>
    Buffer.from(await open(path, env).read()).toString("utf8");

  it.each([
    ["a branch", "main", 2],
    ["a branch with a slash in its name", "feature/x", 2],
    ["a tag", "v1", 3],
    ["a commit", "0".repeat(40), 1],
  ])("is read at %s", async (_what, ref, requests) => {
    expect(await read(`org/repo/blob/${ref}/dir/n%20b.ipynb?raw=true`)).toBe(`notebook at ${ref}`);
    expect(api.received).toHaveLength(before + requests);
  });

  it("is asked for as raw bytes, with a token where there is one", async () => {
    await read("org/repo/blob/main/dir/n%20b.ipynb");
    expect(api.received.at(-1)?.headers).toMatchObject({ accept: "application/vnd.github.raw+json" });
    expect(api.received.at(-1)?.headers.authorization).toBeUndefined();
    await read("org/private/blob/main/dir/n%20b.ipynb", { GITHUB_ACCESS_TOKEN: "token" });
    expect(api.received.at(-1)?.headers.authorization).toBe("Bearer token");
  });

  it.each([
    ["org/repo/blob/main/missing.ipynb", {}, "STORAGE_NOT_FOUND", "set GITHUB_ACCESS_TOKEN"],
    ["org/repo/blob/no/such/ref.ipynb", {}, "STORAGE_NOT_FOUND", "set GITHUB_ACCESS_TOKEN"],
    [
      "org/private/blob/main/n.ipynb",
      { GITHUB_ACCESS_TOKEN: "old" },
      "STORAGE_NOT_FOUND",
      "check that the token",
    ],
    ["org/busy/blob/main/n.ipynb", {}, "STORAGE_FORBIDDEN", "rate limit exceeded"],
  ])("says why %s is not read", async (path, env, code, words) => {
    await expect(read(path, env)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    });
  });

  it("is not written", async () => {
    const location = open("org/repo/blob/main/dir/n%20b.ipynb");
    for (const attempt of [() => location.checkWritable(), () => location.write(["x"])]) {
      await expect(attempt()).rejects.toMatchObject({ code: "STORAGE_READ_ONLY" });
    }
  });
});
