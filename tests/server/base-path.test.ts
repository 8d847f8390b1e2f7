import { mkdtempSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { get, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import { createClient } from "../../packages/client/src/index.ts";
import { writeNotebook } from "../support/notebooks.ts";

describe("below a path", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-base-"));
  let server: PlatformServer;

  beforeAll(async () => {
    await mkdir(join(directory, "home"), { recursive: true });
    await writeNotebook(join(directory, "home", "a.ipynb"), ["x = 1"]);
    server = await startServer({
      dataDirectory: directory,
      port: 0,
      basePath: "/team/notes/",
      publicUrl: "https://notes.example",
      outputUrl: "https://outputs.example",
    });
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  it("everything is there, and nothing beside it", async () => {
    const { origin, pathname } = new URL(server.url);
    expect(pathname).toBe("/team/notes");
    const client = createClient({ serverUrl: server.url, token: server.token });
    const { id } = await client.submitRun({ path: "~/a.ipynb" });
    expect(await client.getRun(id)).toMatchObject({ id });
    expect(await client.metrics()).toContain("notemill_");
    const status = async (path: string): Promise<number> => (await fetch(`${origin}${path}`)).status;
    expect(await status("/team/notes/api/v1/health")).toBe(200);
    for (const path of ["/api/v1/health", "/", "/team", "/team/notesapi/v1/health", "/.outside"])
      expect([path, await status(path)]).toEqual([path, 404]);

    const document = (await (await fetch(`${server.url}/api/v1/openapi.json`)).json()) as object;
    expect(document).toMatchObject({ servers: [{ url: "/team/notes" }] });
    const link = await client.createLink({ kind: "path", path: "~/a.ipynb" });
    expect(link.url).toMatch(/^https:\/\/notes\.example\/team\/notes\/share\/nml_/);
    expect(await status(new URL(link.url).pathname)).toBe(200);
  });

  it("cookies and redirects stay there, and cookies need TLS where people have it", async () => {
    const open = (path: string): Promise<Response> => fetch(`${server.url}${path}`, { redirect: "manual" });
    const answer = await open(`/runs?token=${server.token}`);
    expect(answer.headers.get("location")).toBe("/team/notes/runs");
    expect(answer.headers.get("set-cookie")).toMatch(
      /^notemill-443=\S+; Path=\/team\/notes; .*; SameSite=Strict; Secure$/,
    );
    expect((await open("")).headers.get("location")).toBe("/team/notes/");
    expect((await open(`?token=${server.token}`)).headers.get("location")).toBe("/team/notes/");
    const made = await fetch(`${server.url}/api/v1/runs`, {
      method: "POST",
      headers: {
        cookie: (answer.headers.get("set-cookie") ?? "").split(";")[0] ?? "",
        "content-type": "application/json",
        origin: "https://notes.example",
      },
      body: JSON.stringify({ path: "~/a.ipynb" }),
    });
    expect([made.status, made.headers.get("location")]).toEqual([
      201,
      expect.stringMatching(/^\/team\/notes\/api\/v1\/runs\//),
    ]);
  });

  it("outputs have a host of their own, which has nothing else", async () => {
    const client = createClient({ serverUrl: server.url, token: server.token });
    await writeFile(join(directory, "home", "a.svg"), "<svg/>");
    const { url, is_apart: isApart } = await client.createOutputUrl({ path: "~/a.svg" });
    expect([url, isApart]).toEqual([
      expect.stringMatching(/^https:\/\/outputs\.example\/team\/notes\/outputs\//),
      true,
    ]);
    const { pathname } = new URL(url);
    const headers = { authorization: `Bearer ${server.token}` };
    const statuses: Record<string, number | undefined> = {};
    for (const host of ["outputs.example", "notes.example", "127.0.0.1"])
      for (const [what, path] of Object.entries({
        output: pathname,
        api: "/team/notes/api/v1/runs",
        page: `/team/notes/?token=${server.token}`,
      }))
        statuses[`${what} at ${host}`] = (await asked(path, { host, ...headers })).statusCode;
    expect(statuses).toEqual({
      "output at outputs.example": 200,
      "api at outputs.example": 404,
      "page at outputs.example": 404,
      "output at notes.example": 404,
      "api at notes.example": 200,
      "page at notes.example": 303,
      "output at 127.0.0.1": 404,
      "api at 127.0.0.1": 200,
      "page at 127.0.0.1": 303,
    });
    const shown = await asked(pathname, { host: "outputs.example" });
    expect(shown.headers["content-type"]).toBe("image/svg+xml");
    expect(shown.headers["content-security-policy"]).toContain("frame-ancestors https://notes.example");
  });

  /** `fetch` lets nobody choose the host. */
  const asked = (path: string, headers: OutgoingHttpHeaders): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      get(new URL(path, server.url), { headers }, (answer) => {
        answer.resume();
        resolve(answer);
      }).once("error", reject);
    });
});
