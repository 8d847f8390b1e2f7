import { mkdtempSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import { asking, codeOf } from "../support/ask.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { writeNotebook } from "../support/notebooks.ts";

describe("the body of a request", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-bodies-"));
  const dataDirectory = join(directory, "data");
  let server: PlatformServer;

  beforeAll(async () => {
    await mkdir(join(dataDirectory, "home"), { recursive: true });
    await placeEmptyDatabase(join(dataDirectory, "db"));
    await writeNotebook(join(dataDirectory, "home", "a.ipynb"), ["x = 1"]);
    server = await startServer({ dataDirectory, port: 0, bodyTimes: { silenceMs: 400, wholeMs: 60_000 } });
  });
  afterAll(async () => {
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  const { ask } = asking(() => server);
  const bearer = () => ({ authorization: `Bearer ${server.token}` });

  /** Sends the head of a request and a part of its body, and no more; gives all that is answered until the end. */
  async function begin(head: string, more: Readonly<Record<string, string>> = {}): Promise<string> {
    const { port } = new URL(server.url);
    const socket = connect(Number(port), "127.0.0.1");
    const headers = Object.entries({ host: `127.0.0.1:${port}`, "content-length": "100", ...more });
    socket.write(
      `${head} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n{"pa`,
    );
    return text(socket);
  }

  it.each([
    ["JSON", "POST /api/v1/runs", "application/json"],
    ["a file", "PUT /api/v1/files/content?path=~/b.txt", "application/octet-stream"],
  ])(
    "is cut off where no more of %s comes, with the reason, and nothing is kept",
    async (_what, head, type) => {
      const answer = await begin(head, { ...bearer(), "content-type": type, "if-none-match": "*" });
      expect(answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
      expect(answer).toContain('"code":"REQUEST_TOO_SLOW"');
      expect((await ask("GET", "/api/v1/files?path=~/b.txt", bearer())).status).toBe(404);
    },
  );

  it("is cut off too where its sender was refused", async () => {
    const answer = await begin("POST /api/v1/runs", { "content-type": "application/json" });
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });

  it("may come for longer than it may be silent, where enough of it comes", async () => {
    const { port } = new URL(server.url);
    const head = { ...bearer(), "content-type": "application/octet-stream", "if-none-match": "*" };
    const upload = request({
      port,
      path: "/api/v1/files/content?path=~/slow.txt",
      method: "PUT",
      headers: head,
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      upload.once("response", (answer) => resolve(answer.resume().statusCode)).once("error", reject);
    });
    const until = performance.now() + 1200;
    let sent = 0;
    // Thirty thousand bytes in each of so many rounds, which take three times as long as silence may.
    while (performance.now() < until) {
      await new Promise((resolve) => upload.write("x".repeat(30_000), resolve));
      sent += 30_000;
      await ask("GET", "/api/v1/health");
    }
    upload.end();
    expect(await answered).toBe(201);
    expect((await readFile(join(dataDirectory, "home", "slow.txt"))).length).toBe(sent);
  });

  it("is small, but where scripts, grids and definitions come", async () => {
    const blank = (bytes: number): string => `{"path": "~/a.ipynb"${" ".repeat(bytes)}}`;
    const send = async (path: string, bytes: number): Promise<string> =>
      codeOf(
        await fetch(`${server.url}/api/v1${path}`, {
          method: "POST",
          headers: { ...bearer(), "content-type": "application/json" },
          body: blank(bytes),
        }),
      );
    const mib = 2 ** 20;
    expect([await send("/links", 5 * mib), await send("/runs", 5 * mib)]).toEqual(["BODY_TOO_LARGE", "201"]);
    expect(await send("/links", 3 * mib)).not.toBe("BODY_TOO_LARGE");
    expect(await send("/runs", 64 * mib)).toBe("BODY_TOO_LARGE");
  });
});
