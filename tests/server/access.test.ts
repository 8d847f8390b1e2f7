import { createHash } from "node:crypto";
import { globSync, mkdtempSync, statSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import {
  type CreatedLink,
  type Operation,
  OPERATIONS,
  type OutputUrl,
} from "../../packages/api/src/index.ts";
import { createClient, createRunnerClient, type PlatformClient } from "../../packages/client/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { asking, codeOf } from "../support/ask.ts";
import { runCommand } from "../support/command.ts";
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

  const { ask, signIn } = asking(() => server);

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

  describe("tokens with names", () => {
    /** One request for every operation, about things that are there as far as that can be. */
    const allowedTo = async (token: string): Promise<readonly string[]> => {
      const { id } = await client.submitRun({ path: "~/a.ipynb" });
      const allowed: string[] = [];
      for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
        if (operation.isOpen === true) continue;
        const path = operation.path.replaceAll("{id}", id).replaceAll(/\{\w+\}/g, "1");
        const query = operation.query === undefined ? "" : "?path=~/a.ipynb&follow=false";
        const answer = await fetch(`${server.url}/api/v1${path}${query}`, {
          method: operation.method.toUpperCase(),
          // No body and no condition: what is let in changes nothing, but to be refused later.
          headers: { authorization: `Bearer ${token}` },
        });
        await answer.body?.cancel();
        expect([name, answer.status < 500]).toEqual([name, true]);
        if (answer.status !== 401 && answer.status !== 403) allowed.push(name);
      }
      return allowed;
    };

    it("are shown once, kept as hashes, listed, and of no use once they are revoked", async () => {
      const env = { NOTEMILL_SERVER: server.url, NOTEMILL_TOKEN: server.token };
      const made = await runCommand(
        ["tokens", "create", "laptop of ann", "--scope", "full", "--expires", "1h"],
        {
          env,
        },
      );
      const token = made.stdout.trim();
      expect(token).toMatch(/^nmt_[\w-]{43}$/);
      const ann = createClient({ serverUrl: server.url, token });
      expect(await ann.getSession()).toMatchObject({ name: "laptop of ann", scope: "full", via: "bearer" });
      const [known] = (await ann.listTokens()).tokens;
      expect(known).toMatchObject({ name: "laptop of ann", scope: "full" });
      expect([known?.expires_at, known?.last_used_at]).toEqual([expect.any(String), expect.any(String)]);
      const again = runCommand(["tokens", "create", "laptop of ann"], { env });
      expect((await again).stderr).toContain('there is a token "laptop of ann" already');

      // It makes none that goes on when it has ended.
      await expect(ann.createToken({ name: "longer", scope: "read" })).rejects.toMatchObject({
        code: "TOKEN_NOT_FOR_THIS",
      });
      const page = await ask("GET", `/?token=${token}`);
      const cookie = (page.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
      expect(await (await ask("GET", "/api/v1/session", { cookie })).json()).toMatchObject({
        name: "laptop of ann",
        via: "cookie",
        expires_at: known?.expires_at,
      });

      expect((await runCommand(["tokens", "revoke", "laptop of ann"], { env })).exitCode).toBe(0);
      await expect(ann.listRuns()).rejects.toMatchObject({ code: "TOKEN_INVALID" });
      expect(await codeOf(await ask("GET", "/api/v1/session", { cookie }))).toBe("TOKEN_INVALID");
      expect((await runCommand(["tokens", "list"], { env })).stdout).toContain("no tokens");
      for (const path of globSync("**/*", { cwd: dataDirectory })) {
        const file = join(dataDirectory, path);
        if (statSync(file).isFile())
          expect([path, (await readFile(file)).includes(token)]).toEqual([path, false]);
      }
    });

    it("reach what they are good for, whatever operation there is", async () => {
      const reach: Record<string, readonly string[]> = {};
      for (const scope of ["read", "submit", "runner"] as const) {
        const { token, id } = await client.createToken({ name: scope, scope });
        reach[scope] = await allowedTo(token);
        await client.revokeToken(id);
      }
      const isReading = (name: string): boolean =>
        OPERATIONS[name as keyof typeof OPERATIONS].method === "get" ||
        name.startsWith("preview") ||
        name === "createOutputUrl";
      expect(reach["read"]).toContain("listRuns");
      expect(reach["read"]?.filter((name) => !isReading(name))).toEqual(["signOut"]);
      expect(reach["submit"]?.filter((name) => !reach["read"]?.includes(name))).toEqual([
        "submitRun",
        "cancelRun",
        "rerunRun",
        "executeCode",
        "endKernel",
        "resumeRun",
        "submitSweep",
        "retrySweep",
        "listEnvironments",
        "getEnvironment",
        "runSchedule",
        "startWorkflow",
        "cancelWorkflowRun",
        "pauseWorkflowRun",
        "resumeWorkflowRun",
        "restartWorkflowRun",
      ]);
      const ofRunners = Object.entries<Operation>(OPERATIONS).filter(([, { group }]) => group === "runners");
      expect(reach["runner"]).toEqual(["getSession", "signOut", ...ofRunners.map(([name]) => name)]);
      expect(reach["read"]).not.toContain("listTokens");
    });

    it("of a runner take attempts, sign nobody in, and leave routes that nobody has described alone", async () => {
      const { token } = await client.createToken({ name: "gpu-1", scope: "runner" });
      const runner = createRunnerClient({ serverUrl: server.url, token });
      const facts = { id: crypto.randomUUID(), name: "gpu-1", slots: 1, version: "1" };
      const claim = { runner: facts, limit: 1, wait_ms: 0, started_by: null };
      expect((await runner.claim(claim)).attempts).toHaveLength(1);
      expect((await ask("GET", `/?token=${token}`)).status).toBe(403);
      expect((await ask("GET", "/metrics", { authorization: `Bearer ${token}` })).status).toBe(403);
    });

    it.each([
      ["a name that is empty", { name: "", scope: "read" }],
      ["a name with a line break", { name: "a\nb", scope: "read" }],
      ["no scope", { name: "a" }],
      ["a scope that there is not", { name: "a", scope: "root" }],
      ["an end that is over", { name: "a", scope: "read", expires_at: "2001-01-01T00:00:00Z" }],
      ["an end that is no time", { name: "a", scope: "read", expires_at: "tomorrow" }],
    ])("are not made with %s", async (_what, body) => {
      const answer = await ask("POST", "/api/v1/tokens", { authorization: `Bearer ${server.token}` }, body);
      expect([answer.status, await codeOf(answer)]).toEqual([400, "REQUEST_INVALID"]);
    });
  });

  describe("share links", () => {
    /** What a link opens by the API, of everything that could be asked about any of these. */
    const opened = async (
      token: string,
      { runs, paths }: { readonly runs: readonly string[]; readonly paths: readonly string[] },
    ): Promise<readonly string[]> => {
      const found: string[] = [];
      for (const [name, operation] of Object.entries<Operation>(OPERATIONS)) {
        if (operation.isOpen === true) continue;
        for (const run of operation.path.includes("{") ? runs : [""])
          for (const path of operation.query === undefined ? [""] : paths) {
            const address = operation.path.replaceAll("{id}", run).replaceAll(/\{\w+\}/g, "1");
            const query = new URLSearchParams({ path, name: "manifest.json", attempt: "1", follow: "false" });
            const answer = await fetch(`${server.url}/api/v1${address}?${query}`, {
              method: operation.method.toUpperCase(),
              headers: { authorization: `Bearer ${token}` },
            });
            await answer.body?.cancel();
            if (answer.status !== 401 && answer.status !== 403)
              found.push([name, run && `run ${runs.indexOf(run)}`, path].filter((it) => it !== "").join(" "));
          }
      }
      return [...new Set(found)];
    };
    const open = (address: string): Promise<Response> => fetch(address, { redirect: "manual" });

    beforeAll(async () => {
      const home = join(dataDirectory, "home");
      await mkdir(join(home, "reports", "deep"), { recursive: true });
      await mkdir(join(home, "reports-2"), { recursive: true });
      await writeNotebook(join(home, "reports", "r.ipynb"), ["print('<script>alert(1)</script>')"]);
      await writeFile(join(home, "reports", "deep", "data <&>.csv"), "a,b\n");
      await writeFile(join(home, "reports-2", "other.csv"), "secret\n");
    });

    it("of a notebook show it without a sign-in, and nothing else", async () => {
      const env = { NOTEMILL_SERVER: server.url, NOTEMILL_TOKEN: server.token };
      const made = await runCommand(["links", "create", "~/reports/r.ipynb", "--note", "for bob", "--json"], {
        env,
      });
      const { id, url, token, path } = JSON.parse(made.stdout) as CreatedLink;
      const page = await open(url);
      expect(page.headers.get("content-type")).toContain("text/html");
      expect(page.headers.get("content-security-policy")).toMatch(/^sandbox /);
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
      const html = await page.text();
      expect(html).toContain("alert(1)");
      expect(html).not.toContain("<script");

      const home = path?.replace("/reports/r.ipynb", "") ?? "";
      const paths = ["~/reports/r.ipynb", "~/a.ipynb", `${home}/reports/../a.ipynb`, "/", "/shared", "/runs"];
      const { runs } = await client.listRuns({ limit: 1 });
      expect(await opened(token, { runs: runs.map((run) => run.id), paths })).toEqual([
        "getFile ~/reports/r.ipynb",
        "readFile ~/reports/r.ipynb",
        "getSession",
      ]);
      const bearer = { authorization: `Bearer ${token}` };
      const version = await ask("GET", "/api/v1/files/content?path=~/reports/r.ipynb&version=1", bearer);
      expect(version.status).toBe(403);
      const twice = await ask("GET", "/api/v1/files/content?path=~/reports/r.ipynb&path=~/a.ipynb", bearer);
      expect(twice.status).toBe(403);
      expect((await ask("GET", `/runs?token=${token}`)).status).toBe(403);

      expect((await runCommand(["links", "list"], { env })).stdout).toMatch(/file .*r\.ipynb .* for bob/);
      expect((await runCommand(["links", "revoke", id], { env })).exitCode).toBe(0);
      expect((await open(url)).status).toBe(404);
      expect((await ask("GET", "/api/v1/session", bearer)).status).toBe(401);
    });

    it("of a directory show what is in it, and not what is beside it", async () => {
      const { url, token } = await client.createLink({ kind: "path", path: "~/reports" });
      const html = await (await open(url)).text();
      const hrefs = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => new URL(href ?? "", url).href);
      expect(hrefs).toEqual([`${url}/deep`, `${url}/r.ipynb`]);
      expect(await (await open(`${url}/deep`)).text()).toContain("data &lt;&amp;&gt;.csv");
      const file = await open(`${url}/deep/data%20%3C%26%3E.csv`);
      expect([await file.text(), file.headers.get("content-disposition")]).toEqual([
        "a,b\n",
        expect.stringContaining("attachment"),
      ]);
      for (const below of ["..%2fa.ipynb", "%2e%2e/a.ipynb", "..%5ca.ipynb", "deep/..%2f..%2fa.ipynb", "%00"])
        expect([below, (await open(`${url}/${below}`)).status]).toEqual([below, expect.toSatisfy(isRefusal)]);
      const paths = [
        "~/reports",
        "~/reports/",
        "~/reports/deep/data <&>.csv",
        "~/reports-2/other.csv",
        "~/reports/../a.ipynb",
        "~",
        "/",
      ];
      expect(await opened(token, { runs: [], paths })).toEqual([
        ...paths.slice(0, 3).map((path) => `getFile ${path}`),
        ...paths.slice(0, 3).map((path) => `listFiles ${path}`),
        ...paths.slice(0, 3).map((path) => `readFile ${path}`),
        "getSession",
      ]);
    });

    it("of a run show its record and no other run; of a notebook's latest output that alone", async () => {
      const { id: other } = await client.submitRun({ path: "~/a.ipynb" });
      const run = await succeed("~/reports/r.ipynb");
      const link = await client.createLink({ kind: "run", run_id: run });
      const record = await opened(link.token, {
        runs: [run, other],
        paths: ["~/reports/r.ipynb", "~/a.ipynb"],
      });
      expect([...new Set(record.map((it) => it.split(" ~")[0]))]).toEqual([
        "getRun run 0",
        "getNotebook run 0",
        "followRun run 0",
        "listRecords run 0",
        "archiveRun run 0",
        "getRecordFile run 0",
        "listArtifacts run 0",
        "getArtifact run 0",
        "getSession",
      ]);
      expect(await (await open(link.url)).text()).toContain("<html");

      const latest = await client.createLink({ kind: "latest", path: "~/reports/r.ipynb" });
      const paths = ["~/reports/r.ipynb", "~/a.ipynb"];
      expect(await opened(latest.token, { runs: [run, other], paths })).toEqual([
        "latestOutput ~/reports/r.ipynb",
        "getSession",
      ]);
      expect((await open(latest.url)).status).toBe(200);
      expect((await open(`${latest.url}/more`)).status).toBe(404);
    });

    it.each([
      ["a directory without code", { kind: "path", path: "~/reports", code: "omit" }, "REQUEST_INVALID"],
      [
        "a table without code",
        { kind: "path", path: "~/reports-2/other.csv", code: "omit" },
        "REQUEST_INVALID",
      ],
      ["a run that there is not", { kind: "run", run_id: crypto.randomUUID() }, "RUN_NOT_FOUND"],
      ["a file that there is not", { kind: "path", path: "~/none.ipynb" }, "FILE_NOT_FOUND"],
      ["everything", { kind: "path", path: "/" }, "PATH_NOT_MOUNTED"],
      ["nothing", {}, "REQUEST_INVALID"],
      ["a path that leads out", { kind: "path", path: "~/../x" }, "STORAGE_PATH_INVALID"],
      [
        "something for ever",
        { kind: "path", path: "~/a.ipynb", expires_at: "2999-01-01T00:00:00Z" },
        "REQUEST_INVALID",
      ],
    ])("to %s are not made", async (_what, body, code) => {
      const answer = await ask("POST", "/api/v1/links", { authorization: `Bearer ${server.token}` }, body);
      expect([answer.status < 500, await codeOf(answer)]).toEqual([true, code]);
    });
  });

  describe("what people have written", () => {
    const page = "<script>parent.postMessage(1, '*')</script>";
    const addressOf = async (origin: string, body: object): Promise<OutputUrl> => {
      const answer = await fetch(`${origin}/api/v1/output-urls`, {
        method: "POST",
        headers: { authorization: `Bearer ${server.token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(answer.status).toBe(201);
      return (await answer.json()) as OutputUrl;
    };

    it("is on another host than the app on localhost, without a cookie, and active only when that is asked for", async () => {
      await writeFile(join(dataDirectory, "home", "plot <1>.html"), page);
      const app = server.url.replace("127.0.0.1", "localhost");
      const active = await addressOf(app, { path: "~/plot <1>.html", active: true });
      expect(active).toMatchObject({ is_apart: true, is_active: true });
      expect(active.url.startsWith(`${server.url}/outputs/`)).toBe(true);
      const shown = await fetch(active.url);
      expect([shown.headers.get("content-type"), await shown.text()]).toEqual([
        "text/html; charset=utf-8",
        page,
      ]);
      const policy = shown.headers.get("content-security-policy");
      expect(policy).toMatch(/^sandbox allow-scripts; .*default-src 'none'/);
      expect(policy).not.toContain("allow-same-origin");
      expect(policy).toContain(`frame-ancestors ${app}`);
      // The app's own host does not show it.
      expect((await fetch(active.url.replace("127.0.0.1", "localhost"))).status).toBe(404);

      const still = await addressOf(app, { path: "~/plot <1>.html" });
      expect(still.is_active).toBe(false);
      expect((await fetch(still.url)).headers.get("content-security-policy")).toMatch(
        /^sandbox; default-src 'none'/,
      );
    });

    it("is never active where the app has the same host", async () => {
      const found = await addressOf(server.url, { path: "~/plot <1>.html", active: true });
      expect(found).toMatchObject({ is_apart: false, is_active: false });
      const shown = await fetch(found.url);
      expect(shown.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
      const [, capability = ""] = /outputs\/([^/]+)\//.exec(found.url) ?? [];
      for (const changed of [capability.replace(/^./, "x"), capability.slice(0, -1), "", "a.b", "%2e"])
        expect((await fetch(`${server.url}/outputs/${changed}/x.html`)).status).toBe(404);
    });

    it("is saved by a browser when it is nothing that is shown, and has to be there", async () => {
      const { url } = await addressOf(server.url, { path: "~/a.ipynb" });
      expect((await fetch(url)).headers.get("content-disposition")).toContain("attachment");
      await expect(client.createOutputUrl({ path: "~/none.html" })).rejects.toMatchObject({
        code: "FILE_NOT_FOUND",
      });
      await expect(client.createOutputUrl({ path: "~/a.ipynb", version: 9 })).rejects.toMatchObject({
        code: "VERSION_NOT_FOUND",
      });
    });
  });

  /** Runs a notebook as a runner does that executes nothing. */
  async function succeed(path: string): Promise<string> {
    const runner = createRunnerClient({ serverUrl: server.url, token: server.runnerToken });
    const { id } = await client.submitRun({ path, priority: 100 });
    const facts = { id: crypto.randomUUID(), name: "test", slots: 1, version: "1" };
    const { attempts } = await runner.claim({ runner: facts, limit: 1, wait_ms: 0, started_by: null });
    const attempt = attempts[0]?.id ?? "";
    const fence = attempts[0]?.fence ?? 0;
    const events = [{ kind: "cell-output", at: new Date().toISOString(), data: new RawJson("{}") }];
    await runner.appendEvents(attempt, { fence, first: 0, events });
    const bytes = await readFile(join(dataDirectory, "home", "a.ipynb"));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    await runner.putRecordFile(attempt, { name: "output.ipynb", fence, sha256, bytes });
    const ended = { fence, status: "succeeded", failure: null, facts: null, kernel_until: null } as const;
    await runner.complete(attempt, ended);
    return id;
  }
});

function isRefusal(status: unknown): boolean {
  return typeof status === "number" && status >= 400 && status < 500;
}
