import { mkdtempSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import { createClient, type PlatformClient } from "../../packages/client/src/index.ts";
import { writeNotebook } from "../support/notebooks.ts";

describe("who gets in", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-access-"));
  const dataDirectory = join(directory, "data");
  let server: PlatformServer;
  let client: PlatformClient;

  beforeAll(async () => {
    await mkdir(join(dataDirectory, "home"), { recursive: true });
    await writeNotebook(join(dataDirectory, "home", "a.ipynb"), ["x = 1"]);
    server = await startServer({ dataDirectory, port: 0 });
    client = createClient({ serverUrl: server.url, token: server.token });
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  type Headers = Readonly<Record<string, string>>;
  /** Asks without following redirects. */
  const ask = (method: string, path: string, headers: Headers = {}, body?: unknown): Promise<Response> =>
    fetch(`${server.url}${path}`, {
      method,
      redirect: "manual",
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const codeOf = async (answer: Response): Promise<string> =>
    answer.ok ? `${answer.status}` : ((await answer.json()) as { readonly code: string }).code;
  /** Signs a browser in as a person does who opens the address that the server has printed. */
  const signIn = async (): Promise<string> => {
    const answer = await ask("GET", `/?token=${server.token}`);
    return (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  };

  describe("browsers", () => {
    it("get a cookie in the place of a token in the address, which goes from there", async () => {
      const answer = await ask("GET", `/view/~/a%20b.ipynb?cell=3&token=${server.token}&x=%26`);
      expect([answer.status, answer.headers.get("location")]).toEqual([
        303,
        "/view/~/a%20b.ipynb?cell=3&x=%26",
      ]);
      const cookie = answer.headers.get("set-cookie") ?? "";
      expect(cookie).toMatch(
        new RegExp(
          `^notemill-${new URL(server.url).port}=[^;]+; Path=/; Expires=[^;]+; HttpOnly; SameSite=Strict$`,
        ),
      );
      expect(cookie).not.toContain(server.token);
      expect(answer.headers.get("referrer-policy")).toBe("no-referrer");

      const headers = { cookie: cookie.split(";")[0] ?? "", "sec-fetch-site": "same-origin" };
      const session = await ask("GET", "/api/v1/session", headers);
      expect(await session.json()).toMatchObject({ scope: "full", via: "cookie" });
      expect(await codeOf(await ask("POST", "/api/v1/runs", headers, { path: "~/a.ipynb" }))).toBe("201");
    });

    it.each(["//evil.example/", "/\\evil.example/", "/\\/evil.example"])(
      "are not sent to another host by %s",
      async (path) => {
        const { port } = new URL(server.url);
        // `fetch` would tidy the path up.
        const { get } = await import("node:http");
        const location = await new Promise((resolve, reject) => {
          get({ host: "127.0.0.1", port, path: `${path}?token=${server.token}` }, (answer) => {
            answer.resume();
            resolve(answer.headers.location);
          }).once("error", reject);
        });
        expect(location).toMatch(/^\/evil\.example/);
      },
    );

    it("follow a run by server-sent events", async () => {
      const { id } = await client.submitRun({ path: "~/a.ipynb" });
      const answer = await ask("GET", `/api/v1/runs/${id}/events?follow=false`, { cookie: await signIn() });
      expect(answer.headers.get("content-type")).toContain("text/event-stream");
      expect(await answer.text()).toContain("run-status-changed");
    });

    it("sign in by a form, and out for good", async () => {
      expect(await codeOf(await ask("POST", "/api/v1/session", {}, { token: "wrong" }))).toBe(
        "TOKEN_INVALID",
      );
      expect(await codeOf(await ask("POST", "/api/v1/session", {}, { token: 1 }))).toBe("REQUEST_INVALID");
      const strange = { origin: "http://evil.example" };
      const body = { token: server.token };
      expect(await codeOf(await ask("POST", "/api/v1/session", strange, body))).toBe("ORIGIN_REFUSED");
      const answer = await ask("POST", "/api/v1/session", { origin: server.url }, body);
      const cookie = (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      expect(await codeOf(await ask("GET", "/api/v1/session", { cookie }))).toBe("200");

      const out = await ask("DELETE", "/api/v1/session", { cookie, origin: server.url });
      expect([out.status, out.headers.get("set-cookie")]).toEqual([204, expect.stringContaining("1970")]);
      expect(await codeOf(await ask("GET", "/api/v1/session", { cookie }))).toBe("TOKEN_INVALID");
    });

    it("change nothing for a page of somebody else", async () => {
      const headers = { cookie: await signIn(), origin: server.url.replace(/\d+$/, "1") };
      const body = { path: "~/a.ipynb" };
      expect(await codeOf(await ask("POST", "/api/v1/runs", headers, body))).toBe("ORIGIN_REFUSED");
      const { cookie } = headers;
      expect(await codeOf(await ask("POST", "/api/v1/runs", { cookie }, body))).toBe("ORIGIN_REFUSED");
      expect(await codeOf(await ask("POST", "/api/v1/runs", { cookie, origin: server.url }, body))).toBe(
        "201",
      );
    });

    it.each([
      ["of nobody", (value: string) => value.replace(/\.\d+\./, ".99999999999999.")],
      ["cut off", (value: string) => value.slice(0, -1)],
      ["that is the token", () => server.token],
      ["that is empty", () => ""],
    ])("with a cookie %s do not get in", async (_what, change) => {
      const [name = "", value = ""] = (await signIn()).split("=");
      expect(await codeOf(await ask("GET", "/api/v1/session", { cookie: `${name}=${change(value)}` }))).toBe(
        "TOKEN_INVALID",
      );
    });

    it("are not let in by a wrong token in the address", async () => {
      const answer = await ask("GET", "/runs?token=wrong");
      expect([answer.status, answer.headers.get("set-cookie")]).toEqual([401, null]);
    });
  });
});
