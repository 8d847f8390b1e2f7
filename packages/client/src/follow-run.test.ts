import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { ClientError, ServerProblem } from "./client-error.ts";
import { followRun } from "./follow-run.ts";

type Answer = (response: ServerResponse) => void;

const EVENT = JSON.stringify({ seq: 1, attempt: 1, kind: "attempt-started", at: new Date(0), data: {} });

const stream =
  (text: string): Answer =>
  (response) =>
    response.writeHead(200, { "content-type": "text/event-stream" }).end(text);
const events = stream(`data: ${EVENT}\n\nevent: end\ndata: {}\n\n`);
const ofProxy: Answer = (response) => response.writeHead(502).end("<h1>Bad gateway</h1>");
const problem =
  (status: number): Answer =>
  (response) =>
    response
      .writeHead(status, { "content-type": "application/problem+json" })
      .end(JSON.stringify({ type: "about:blank", title: "no", status, code: "SAID_NO", detail: "said no" }));

/** Follows a run where requests get these answers, one after the other, and gives the numbers of the events. */
async function follow(answers: readonly Answer[]): Promise<readonly number[]> {
  const rest = [...answers];
  const server = createServer((_request, response) => rest.shift()?.(response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    const seen: number[] = [];
    const options = { retries: 3, retryMs: 0 };
    for await (const { seq } of followRun({ serverUrl: `http://127.0.0.1:${port}` }, "a", options))
      seen.push(seq);
    expect(rest).toEqual([]);
    return seen;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

it("goes on behind a proxy's page, a lost database and a stream that was cut off", async () => {
  const cut = stream(`data: ${EVENT}\n\n`);
  expect(await follow([ofProxy, problem(503), cut, ofProxy, stream("event: end\ndata: {}\n\n")])).toEqual([
    1,
  ]);
});

it("ends with what the server refuses, and with an event that is none", async () => {
  await expect(follow([problem(404), events])).rejects.toBeInstanceOf(ServerProblem);
  const bad = stream("data: {}\n\n");
  await expect(follow([bad, events])).rejects.toMatchObject({ code: "ANSWER_INVALID" });
});

it("gives up when it has asked often enough", async () => {
  await expect(follow([ofProxy, ofProxy, ofProxy, ofProxy, events])).rejects.toBeInstanceOf(ClientError);
});
