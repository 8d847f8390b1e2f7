import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { openLocation, type OpenLocationOptions } from "../src/index.ts";
import { type Received, serve, type TestServer } from "../testing/serve.ts";

type Handler = (request: Received, response: ServerResponse) => void;

describe("a web address", () => {
  const servers: TestServer[] = [];
  const started = async (handle: Handler): Promise<TestServer> => {
    const server = await serve(handle);
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  /** What a read of the server's `/n.ipynb` gives. */
  const readFrom = async (handle: Handler, options: OpenLocationOptions = {}): Promise<string> => {
    const { origin } = await started(handle);
    return Buffer.from(await openLocation(`${origin}/n.ipynb`, options).read()).toString("utf8");
  };
  const message = (words: string | RegExp): { code: string; message: string } => ({
    code: expect.any(String) as string,
    message: expect.stringMatching(words) as string,
  });

  it("is read with GET, asking for JSON", async () => {
    const server = await started((_request, response) => response.end('{"é": 1}'));
    const location = openLocation(`${server.origin}/a%20b.ipynb?x=1`);
    await location.checkWritable();
    expect(server.received).toEqual([]);
    expect(Buffer.from(await location.read()).toString()).toBe('{"é": 1}');
    expect(server.received).toMatchObject([
      { method: "GET", path: "/a%20b.ipynb?x=1", headers: { accept: "application/json" } },
    ]);
  });

  it("is written with one PUT of known length", async () => {
    const server = await started((_request, response) => response.writeHead(201).end());
    await openLocation(`${server.origin}/n`).write(["{", Buffer.from("é"), "}"]);
    await openLocation(`${server.origin}/empty`).write([]);
    expect(server.received).toMatchObject([
      { method: "PUT", body: "{é}", headers: { "content-type": "application/json", "content-length": "4" } },
      { method: "PUT", body: "", headers: { "content-length": "0" } },
    ]);
  });

  it("sends a user and password as a header, and keeps them out of messages", async () => {
    const server = await started((_request, response) => response.writeHead(401).end("who?"));
    const address = server.origin.replace("http://", "http://u%40x:p%20w@");
    await expect(openLocation(address).read()).rejects.toMatchObject({
      code: "STORAGE_FORBIDDEN",
      message: expect.not.stringContaining("p%20w") as string,
    });
    const expected = `Basic ${Buffer.from("u@x:p w").toString("base64")}`;
    expect(server.received[0]?.headers.authorization).toBe(expected);
  });

  it.each([
    [404, "STORAGE_NOT_FOUND"],
    [403, "STORAGE_FORBIDDEN"],
    [500, "STORAGE_HTTP_STATUS"],
    [304, "STORAGE_HTTP_STATUS"],
  ])("takes no page with status %d for a notebook", async (status, code) => {
    const page = "<html><title>x</title><body><h1>It is\nnot here</h1></body></html>";
    const reading = readFrom((_request, response) => {
      response.writeHead(status, { "content-type": "text/html" }).end(page);
    });
    await expect(reading).rejects.toMatchObject({ code, details: { status, method: "GET" } });
    if (status !== 304)
      await expect(reading).rejects.toMatchObject(message(`${status} .*"x It is not here"`));
  });

  it.each([403, 405, 500])("says that a PUT was answered with %d", async (status) => {
    const server = await started((_request, response) => response.writeHead(status).end("read only"));
    await expect(openLocation(`${server.origin}/n`).write(["x"])).rejects.toMatchObject(
      message(`PUT .*/n answered ${status} .*"read only"`),
    );
  });

  it("follows redirects, and keeps method and body of a PUT", async () => {
    const server = await started((request, response) => {
      if (request.path === "/target") response.end("there");
      else response.writeHead(request.method === "PUT" ? 307 : 302, { location: "/target" }).end();
    });
    expect(Buffer.from(await openLocation(`${server.origin}/n`).read()).toString()).toBe("there");
    await openLocation(`${server.origin}/n`).write(["body"]);
    expect(server.received.at(-1)).toMatchObject({ method: "PUT", path: "/target", body: "body" });
  });

  it("does not take a PUT that was redirected to a page for done", async () => {
    const server = await started((_request, response) =>
      response.writeHead(303, { location: "/login" }).end(),
    );
    await expect(openLocation(`${server.origin}/n`).write(["x"])).rejects.toMatchObject({
      code: "STORAGE_HTTP_STATUS",
    });
  });

  it("keeps credentials from the host that it is redirected to", async () => {
    const other = await started((_request, response) => response.end("there"));
    const first = await started((_request, response) => {
      response.writeHead(302, { location: `${other.origin}/there` }).end();
    });
    await openLocation(first.origin.replace("http://", "http://u:p@")).read();
    expect(first.received[0]?.headers.authorization).toBeDefined();
    expect(other.received[0]?.headers.authorization).toBeUndefined();
  });

  it.each([
    ["in a circle", "/n.ipynb", /more than 10 redirects/],
    ["to a file", "file:///etc/passwd", /not followed/],
    ["to no address", "http://:80", /not followed/],
  ])("does not follow redirects %s", async (_where, location, words) => {
    await expect(
      readFrom((_request, response) => response.writeHead(302, { location }).end()),
    ).rejects.toMatchObject({ ...message(words), code: "STORAGE_UNAVAILABLE" });
  });

  it("does not leave https", async () => {
    const reading = openLocation("https://127.0.0.1/n", {
      fetch: async () => new Response(null, { status: 302, headers: { location: "http://127.0.0.1/n" } }),
    }).read();
    await expect(reading).rejects.toMatchObject(message(/must not leave https/));
  });

  it.each([
    ["that is announced", (response: ServerResponse) => response.end("0123456789")],
    [
      "that is not",
      (response: ServerResponse) => {
        response.write("01234");
        response.end("56789");
      },
    ],
  ])("is read up to a limit %s", async (_what, answer) => {
    await expect(readFrom((_request, response) => answer(response), { maxBytes: 9 })).rejects.toMatchObject({
      code: "STORAGE_TOO_LARGE",
    });
    expect(await readFrom((_request, response) => answer(response), { maxBytes: 10 })).toBe("0123456789");
  });

  it.each([
    ["before the answer", (): void => undefined],
    [
      "in the middle of it",
      (_request: Received, response: ServerResponse): void => {
        response.writeHead(200, { "content-length": "100" });
        response.write("some");
      },
    ],
  ])("is given up when the server is silent %s", async (_when, handle) => {
    await expect(readFrom(handle, { timeoutMs: 50 })).rejects.toMatchObject({
      code: "STORAGE_UNAVAILABLE",
      message: expect.stringContaining("no data for 50 ms") as string,
    });
  });

  it("is given up when the caller says so", async () => {
    const stop = new AbortController();
    const server = await started(() => stop.abort(new Error("enough")));
    await expect(openLocation(`${server.origin}/n`).read({ signal: stop.signal })).rejects.toThrow("enough");
  });

  it.each([
    [
      "breaks off",
      (_request: Received, response: ServerResponse): void => {
        response.writeHead(200, { "content-length": "100" });
        response.write("some", () => response.socket?.destroy());
      },
    ],
    [
      "ends before the length that it announced",
      (_request: Received, response: ServerResponse): void => {
        response.socket?.end("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome");
      },
    ],
    [
      "ends within a chunk",
      (_request: Received, response: ServerResponse): void => {
        response.socket?.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n64\r\nsome");
      },
    ],
    [
      "is not HTTP",
      (_request: Received, response: ServerResponse): void => {
        response.socket?.end("hello\r\n\r\n");
      },
    ],
  ])("is not read when the answer %s", async (_what, handle) => {
    await expect(readFrom(handle)).rejects.toMatchObject({ code: "STORAGE_UNAVAILABLE" });
  });

  it("says when nobody listens", async () => {
    const server = await serve(() => undefined);
    await server.close();
    await expect(openLocation(`${server.origin}/n`).read()).rejects.toMatchObject({
      code: "STORAGE_UNAVAILABLE",
      message: expect.stringContaining("ECONNREFUSED") as string,
    });
  });
});
