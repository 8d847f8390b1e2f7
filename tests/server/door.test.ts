import { mkdtempSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import { type Operation, OPERATIONS } from "../../packages/api/src/index.ts";
import { createClient, type PlatformClient } from "../../packages/client/src/index.ts";
import { asking, codeOf } from "../support/ask.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { writeNotebook } from "../support/notebooks.ts";

describe("a token", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-door-"));
  const dataDirectory = join(directory, "data");
  let server: PlatformServer;
  let aheadMs = 0;
  let client: PlatformClient;

  beforeAll(async () => {
    await mkdir(join(dataDirectory, "home"), { recursive: true });
    await placeEmptyDatabase(join(dataDirectory, "db"));
    await writeNotebook(join(dataDirectory, "home", "a.ipynb"), ["x = 1"]);
    server = await startServer({ dataDirectory, port: 0, now: () => new Date(Date.now() + aheadMs) });
    client = createClient({ serverUrl: server.url, token: server.token });
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  type Headers = Readonly<Record<string, string>>;
  const { ask, signIn } = asking(() => server);

  it("is asked of whoever asks, however the address is written", async () => {
    const operations = Object.entries(OPERATIONS) as [string, Operation][];
    const written = (path: string): readonly string[] => [`/%61pi/v1${path}`, `/ap%69/%761${path}`];
    const answers = await Promise.all(
      operations
        .filter(([, { isOpen }]) => isOpen !== true)
        .flatMap(([id, { method, path }]) =>
          written(path.replaceAll(/\{\w+\}/g, "x")).map(async (it) => {
            const answer = await ask(method.toUpperCase(), it, {}, method === "get" ? undefined : {});
            return [id, it, answer.status, await codeOf(answer)] as const;
          }),
        ),
    );
    expect(answers.length).toBeGreaterThan(100);
    // A few wrong ones are counted, and then nobody is let in for a while; no other answer is one.
    expect(
      answers.filter(([, , , code]) => code !== "TOKEN_INVALID" && code !== "TOO_MANY_REQUESTS"),
    ).toEqual([]);
    for (const path of ["/%6detrics", "/m%65trics"])
      expect([path, (await ask("GET", path)).ok]).toEqual([path, false]);
  });

  it("leaves a browser signed in as it is where another page leads it to an address with a token", async () => {
    const { id, token } = await client.createToken({ name: "led", scope: "read", expires_at: null });
    const cookie = await signIn();
    const led = (site: string, more: Headers = {}): Promise<Response> =>
      ask("GET", `/?token=${token}`, { "sec-fetch-site": site, ...more });
    const answer = await led("cross-site", { cookie });
    expect([answer.status, answer.headers.get("location"), answer.headers.get("set-cookie")]).toEqual([
      303,
      "/",
      null,
    ]);
    expect((await led("none", { cookie })).headers.get("set-cookie")).toContain("notemill-");
    expect((await led("cross-site")).headers.get("set-cookie")).toContain("notemill-");
    await client.revokeToken(id);
  });

  it("that was revoked ends what it follows, as the link to a run and the sign-in of a browser do", async () => {
    const run = await client.submitRun({ path: "~/a.ipynb" });
    const { id, token } = await client.createToken({ name: "watcher", scope: "read" });
    const link = await client.createLink({ kind: "run", run_id: run.id });
    const cookie = { cookie: await signIn(), origin: server.url };
    const follow = (headers: Headers): Promise<Response> =>
      ask("GET", `/api/v1/runs/${run.id}/events`, headers);
    const shown: readonly Headers[] = [
      { authorization: `Bearer ${token}` },
      { authorization: `Bearer ${link.token}` },
      cookie,
    ];
    const streams = await Promise.all(shown.map(follow));
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200]);
    await client.revokeToken(id);
    await client.revokeLink(link.id);
    expect((await ask("DELETE", "/api/v1/session", cookie)).status).toBe(204);
    aheadMs += 60_000;
    // They stop without the event that says that there is no more.
    for (const text of await Promise.all(streams.map((stream) => stream.text()))) {
      expect(text).toContain("run-status-changed");
      expect(text).not.toContain("event: end");
    }
    const again = await Promise.all(shown.map(follow));
    expect(again.map(({ status }) => status)).toEqual([401, 401, 401]);
  });
});
