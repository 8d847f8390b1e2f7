import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS } from "../../packages/api/src/index.ts";
import { codeOf } from "../support/ask.ts";
import type { TestPlatform } from "../support/platform.ts";

/** What `/deep er/a b.ipynb` holds. */
export const NOTEBOOK = {
  cells: [{ cell_type: "markdown", metadata: {}, source: ["# Näme\n", "text"] }],
  metadata: { big: 12345678901234567890n.toString() },
  nbformat: 4,
  nbformat_minor: 4,
};
/** What `/deep er/p.png` holds. */
export const PNG = Buffer.from("89504e470d0a1a0a0000", "hex");

/** The answer of Jupyter's contents routes. */
export interface Model {
  readonly name: string;
  readonly path: string;
  readonly type: string;
  readonly format: string | null;
  readonly writable: boolean;
  readonly size: number | null;
  readonly mimetype: string | null;
  readonly hash: string | null;
  readonly content: unknown;
}

/** How a test asks a server that only shows. */
export interface Viewer {
  /** Asks for a path, as somebody who may. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Asks the contents routes for a path. */
  model(path: string): Promise<Model>;
}

/** A place that a server shows: 5,000 keys `key-00000` and on, `page.html`, and what the constants above say. */
export interface ShownPlace {
  /** Starts the server in a directory, over the place. */
  start(directory: string): Promise<TestPlatform>;
  /** Whether it was started for anyone. */
  readonly isForAnyone: boolean;
  /** Ends what else was started. */
  end?(): Promise<void>;
  /** Tests that only this place has. */
  also?(viewer: Viewer): void;
}

/** The tests that every server that only shows has to pass, whatever keeps the files. */
export function describeViewOnly(title: string, { start, isForAnyone, end, also }: ShownPlace): void {
  describe(title, () => {
    let directory = "";
    let server: TestPlatform;

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), "notemill-view-"));
      server = await start(directory);
    });
    afterAll(async () => {
      await server?.[Symbol.asyncDispose]();
      await end?.();
      await rm(directory, { recursive: true, force: true });
    });

    const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`${server.url}${path}`, {
        redirect: "manual",
        ...init,
        headers: { ...(isForAnyone ? {} : { authorization: `Bearer ${server.token}` }), ...init.headers },
      });
    const model = async (path: string): Promise<Model> =>
      (await (await ask(`/api/contents${path}`)).json()) as Model;

    it("answers Jupyter's contents routes, all 5,000 entries among them", async () => {
      const root = await model("");
      expect(root).toMatchObject({ name: "", path: "", type: "directory", format: "json", writable: false });
      const entries = root.content as readonly Model[];
      expect(entries).toHaveLength(5002);
      expect(new Set(entries.map(({ name }) => name))).toContain("key-04999");
      expect(entries.find(({ name }) => name === "deep er")).toMatchObject({
        path: "deep er",
        type: "directory",
        content: null,
        format: null,
      });
      expect(await model("?content=0")).toMatchObject({ type: "directory", content: null });

      const notebook = await model("/deep%20er/a%20b.ipynb?hash=1");
      expect(notebook).toMatchObject({
        name: "a b.ipynb",
        path: "deep er/a b.ipynb",
        type: "notebook",
        format: "json",
        mimetype: null,
        content: { nbformat: 4, metadata: NOTEBOOK.metadata, cells: [{ cell_type: "markdown" }] },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      });
      expect(await model("/deep%20er/a%20b.ipynb?type=file&format=text")).toMatchObject({
        type: "file",
        format: "text",
        content: JSON.stringify(NOTEBOOK),
      });
      expect(await model("/deep%20er/p.png")).toMatchObject({
        format: "base64",
        mimetype: "application/octet-stream",
        content: PNG.toString("base64"),
        size: PNG.length,
      });
      expect(await (await ask("/api/contents/deep%20er/a%20b.ipynb/checkpoints")).json()).toEqual([]);
    });

    it.each([
      ["/none.ipynb", "FILE_NOT_FOUND"],
      ["/page.html?type=notebook", "CONTENTS_TYPE_WRONG"],
      ["/page.html?type=directory", "CONTENTS_TYPE_WRONG"],
      ["/deep%20er?type=file", "CONTENTS_TYPE_WRONG"],
      ["/deep%20er/p.png?format=text", "CONTENTS_TYPE_WRONG"],
      ["/a?content=2", "REQUEST_INVALID"],
      ["/..%2F..%2Fetc%2Fpasswd", "STORAGE_PATH_INVALID"],
    ])("says in Jupyter's form what is wrong with %s", async (path, code) => {
      const answer = await ask(`/api/contents${path}`);
      const problem = (await answer.json()) as { readonly code: string; readonly message: string };
      expect([problem.code, answer.status >= 400, problem.message.length > 10]).toEqual([code, true, true]);
    });

    also?.({ ask, model });

    it("answers Commuter's read routes, and shows nothing of anybody as a page of its own", async () => {
      expect(await (await ask("/api/ping")).text()).toBe("pong");
      const picture = await ask("/files/deep%20er/p.png");
      expect([picture.headers.get("content-type"), picture.headers.get("content-security-policy")]).toEqual([
        "image/png",
        "sandbox; default-src 'none'",
      ]);
      expect(Buffer.from(await picture.arrayBuffer())).toEqual(PNG);
      const page = await ask("/files/page.html");
      expect([page.headers.get("content-disposition"), page.headers.get("content-security-policy")]).toEqual([
        expect.stringMatching(/^attachment;/),
        "sandbox",
      ]);
      const discover = await ask("/discover");
      expect([discover.status, discover.headers.get("location")]).toEqual([302, "/search"]);
      const beside = await ask("/view/deep%20er/p.png", { headers: { "sec-fetch-dest": "image" } });
      expect([beside.status, beside.headers.get("location")]).toEqual([302, "/files/deep%20er/p.png"]);
      expect((await ask("/view/deep%20er/a%20b.ipynb")).headers.get("content-type")).toContain("text/html");
    });

    it("lists in pages of its own API, from the root", async () => {
      const names: string[] = [];
      for (let cursor = ""; ;) {
        const answer = await ask(
          `/api/v1/files/entries?path=/&limit=1000${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
        );
        const { entries, next } = (await answer.json()) as {
          readonly entries: readonly { readonly path: string; readonly is_writable: boolean }[];
          readonly next: string | null;
        };
        expect(entries.some((it) => it.is_writable)).toBe(false);
        names.push(...entries.map(({ path }) => path));
        if (next === null) break;
        cursor = next;
      }
      expect(names).toHaveLength(5002);
      expect(names).toContain("/key-00000");
    });

    it("changes nothing, whoever asks", async () => {
      const headers = { authorization: `Bearer ${server.token}`, "content-type": "application/json" };
      const body = JSON.stringify({ path: "/deep er/a b.ipynb" });
      const codes = [
        ask("/api/v1/runs", { method: "POST", headers, body }),
        ask("/api/v1/links", {
          method: "POST",
          headers,
          body: JSON.stringify({ kind: "file", path: "/page.html" }),
        }),
        ask("/api/v1/files?path=/page.html", { method: "DELETE", headers }),
        ask("/api/v1/tokens", {
          method: "POST",
          headers,
          body: JSON.stringify({ name: "a", scope: "read" }),
        }),
        ask("/api/contents/page.html", { method: "DELETE", headers }),
        ask("/api/contents/x", { method: "PUT", headers, body }),
      ].map(async (it) => codeOf(await it));
      expect(await Promise.all(codes)).toEqual([
        "TOKEN_NOT_FOR_THIS",
        "TOKEN_NOT_FOR_THIS",
        "TOKEN_NOT_FOR_THIS",
        "TOKEN_NOT_FOR_THIS",
        "ROUTE_NOT_FOUND",
        "ROUTE_NOT_FOUND",
      ]);
      expect(((await (await ask("/api/v1/session")).json()) as { readonly scope: string }).scope).toBe(
        "read",
      );
    });

    it("answers anyone what reads files and nothing else, and no webhook", async () => {
      const shown = ["getSession", "getFile", "listFiles", "readFile", "readTable", "searchFiles"];
      const open = ["health", "ready", "openapi", "signIn"];
      const refused: string[] = [];
      for (const [name, operation] of Object.entries(OPERATIONS)) {
        const path = operation.path.replaceAll(/\{\w+\}/g, "00000000-0000-7000-8000-000000000000");
        const answer = await fetch(`${server.url}/api/v1${path}`, { method: operation.method.toUpperCase() });
        const code = await codeOf(answer);
        if (code === "TOKEN_NOT_FOR_THIS" || code === "TOKEN_INVALID") refused.push(name);
      }
      const answered = isForAnyone ? [...shown, "createOutputUrl", ...open] : open;
      expect(
        Object.keys(OPERATIONS)
          .filter((name) => !refused.includes(name))
          .sort(),
      ).toEqual(answered.toSorted());
      expect(await codeOf(await fetch(`${server.url}/metrics`))).toMatch(/^TOKEN_/);
      const hook = await ask("/api/v1/hooks/00000000-0000-7000-8000-000000000000", { method: "POST" });
      expect(await codeOf(hook)).toBe("TOKEN_NOT_FOR_THIS");
    });

    it("asks who is there, unless it was started for anyone", async () => {
      for (const path of ["/api/contents", "/files/page.html", "/api/v1/files?path=/"]) {
        const answer = await fetch(`${server.url}${path}`);
        expect([path, await codeOf(answer)]).toEqual([path, isForAnyone ? "200" : "TOKEN_INVALID"]);
      }
      // Who shows a token has to show a good one.
      expect(
        await codeOf(await fetch(`${server.url}/api/contents`, { headers: { authorization: "Bearer x" } })),
      ).toBe("TOKEN_INVALID");
    });
  });
}
