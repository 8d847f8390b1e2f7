import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { fastify, type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pageRoutes } from "./page-routes.ts";
import { readPages } from "./read-pages.ts";

describe("pages", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-pages-"));
  const app: FastifyInstance = fastify();

  beforeAll(async () => {
    mkdirSync(join(directory, "assets"));
    writeFileSync(join(directory, "index.html"), '<script src="./assets/index-a1.js"></script>');
    writeFileSync(join(directory, "assets", "index-a1.js"), "start();");
    writeFileSync(join(directory, "icon.svg"), "<svg/>");
    writeFileSync(join(directory, "notes.txt"), "not a part of the app");
    pageRoutes(app, await readPages(directory, "/notes"), ({ headers }) =>
      headers.host === "localhost" ? "http://127.0.0.1/outputs/" : null,
    );
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each(["/", "/view/home/ada/a%20b.ipynb", "/view/", "/runs", "/runs/0196"])(
    "answer %s with the app, whose files are below the base path",
    async (url) => {
      const { statusCode, headers, body } = await app.inject(url);
      expect([statusCode, headers["content-type"], headers["cache-control"]]).toEqual([
        200,
        "text/html; charset=utf-8",
        "no-cache",
      ]);
      expect(body).toBe('<script src="/notes/assets/index-a1.js"></script>');
      const policy = String(headers["content-security-policy"]);
      expect(policy).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; media-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types notemill",
      );
      expect(headers).toMatchObject({
        "cross-origin-opener-policy": "same-origin",
        "referrer-policy": "no-referrer",
      });
    },
  );

  it("have frames of outputs only, and none where these have no origin of their own", async () => {
    const frames = async (host: string): Promise<string | undefined> => {
      const { headers } = await app.inject({ url: "/", headers: { host } });
      return /frame-src ([^;]*)/.exec(String(headers["content-security-policy"]))?.[1];
    };
    expect(await frames("localhost")).toBe("http://127.0.0.1/outputs/");
    expect(await frames("127.0.0.1")).toBe("'none'");
  });

  it.each([
    "/hub/api",
    "/tree",
    "/runs/a/b",
    "/assets/other.js",
    "/notes.txt",
    "/assets/%2e%2e%2findex.html",
  ])("do not answer %s", async (url) => {
    expect((await app.inject(url)).statusCode).toBe(404);
  });

  it("lead to a picture beside a notebook where that is what is wanted", async () => {
    const headers = { "sec-fetch-dest": "image" };
    const answer = await app.inject({ url: "/view/shared/a%20b.png", headers });
    expect([answer.statusCode, answer.headers.location]).toEqual([302, "/files/shared/a%20b.png"]);
  });

  it("give files with a hash in their name for ever, packed for who takes that", async () => {
    const url = "/assets/index-a1.js";
    const { headers, rawPayload } = await app.inject({ url, headers: { "accept-encoding": "gzip, br" } });
    expect(headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-encoding": "gzip",
      "content-type": "text/javascript; charset=utf-8",
      vary: "accept-encoding",
    });
    expect(gunzipSync(rawPayload).toString()).toBe("start();");
    const plain = await app.inject(url);
    expect([plain.body, plain.headers["content-encoding"]]).toEqual(["start();", undefined]);
    const again = await app.inject({ url, headers: { "if-none-match": String(headers.etag) } });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
  });

  it("let nothing be opened by itself that could run", async () => {
    const { headers } = await app.inject("/icon.svg");
    expect(headers).toMatchObject({
      "content-security-policy": "default-src 'none'; sandbox",
      "cache-control": "no-cache",
    });
  });
});
