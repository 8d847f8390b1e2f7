import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient } from "@notemill/client";
import { sendOverHttp } from "./send-over-http.ts";

const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  switch (request.url) {
    case "/echo": {
      const { method, headers } = request;
      response.setHeader("etag", '"1"').statusCode = 201;
      return void response.end(
        JSON.stringify([method, headers["content-length"], headers["x-a"], String(Buffer.concat(parts))]),
      );
    }
    case "/nothing":
      response.statusCode = 204;
      return void response.end();
    case "/port":
      return void response.end(String(request.socket.remotePort));
    case "/never-ends":
      return void response.write("begun");
    case "/cut":
      response.write("begun");
      return void setImmediate(() => request.socket.destroy());
    default:
      response.writeHead(308, { location: "https://example.org/elsewhere" }).end();
  }
};

describe("sendOverHttp", () => {
  const server = createServer((request, response) => void listener(request, response));
  const at = (path: string): URL =>
    new URL(path, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  beforeAll(async () => {
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each([
    ["a text", "grün", "5"],
    ["bytes", new Uint8Array([98, 121]), "2"],
    ["a blob, as it is read", new Blob(["a", "b"]), "2"],
  ])("sends %s", async (_what, body, length) => {
    const answer = await sendOverHttp(at("/echo"), { method: "PUT", headers: { "x-a": "b" }, body });
    expect([answer.ok, answer.status, answer.headers.get("ETag"), answer.headers.get("none")]).toEqual([
      true,
      201,
      '"1"',
      null,
    ]);
    const text = typeof body === "string" ? body : body instanceof Blob ? "ab" : "by";
    expect(JSON.parse(await answer.text())).toEqual(["PUT", length, "b", text]);
  });

  it("gives a body as bytes and as a stream", async () => {
    const get = { method: "GET", headers: {} };
    const bytes = await (await sendOverHttp(at("/echo"), get)).arrayBuffer();
    const streamed: Buffer[] = [];
    for await (const part of (await sendOverHttp(at("/echo"), get)).body ?? [])
      streamed.push(Buffer.from(part));
    expect(Buffer.concat(streamed)).toEqual(Buffer.from(bytes));
  });

  it("goes on with a connection whose empty answers nobody reads", async () => {
    const get = { method: "GET", headers: {} };
    const port = async (): Promise<string> => (await sendOverHttp(at("/port"), get)).text();
    const before = await port();
    for (let count = 0; count < 3; count++) await sendOverHttp(at("/nothing"), get);
    expect(await port()).toBe(before);
  });

  it("stops when it is told to, before the answer and within it", async () => {
    const early = sendOverHttp(at("/never-ends"), {
      method: "GET",
      headers: {},
      signal: AbortSignal.abort(),
    });
    await expect(early).rejects.toThrow("aborted");
    const control = new AbortController();
    const answer = await sendOverHttp(at("/never-ends"), {
      method: "GET",
      headers: {},
      signal: control.signal,
    });
    control.abort();
    await expect(answer.text()).rejects.toThrow("aborted");
  });

  it("tells of a server that is not there, that goes away, and that is somewhere else", async () => {
    const client = (serverUrl: string): ReturnType<typeof createClient> =>
      createClient({ serverUrl, send: sendOverHttp });
    await expect(client("http://127.0.0.1:1").health()).rejects.toMatchObject({
      code: "SERVER_UNREACHABLE",
      message: expect.stringContaining("ECONNREFUSED") as string,
    });
    await expect(client("http://localhost:1").health()).rejects.toThrow("ECONNREFUSED");
    await expect((await sendOverHttp(at("/cut"), { method: "GET", headers: {} })).text()).rejects.toThrow(
      "aborted",
    );
    await expect(client(at("/").href).health()).rejects.toMatchObject({
      code: "ANSWER_INVALID",
      message: expect.stringContaining("look at https://example.org/elsewhere") as string,
    });
  });
});
