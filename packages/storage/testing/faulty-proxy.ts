import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, request as send, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens to one request on its way. */
export type Fault =
  /** Answered with this status and S3's error document, and not passed on. */
  | { readonly type: "refuse"; readonly status: number; readonly code: string }
  /** Passed on; the connection breaks in place of the answer. */
  | { readonly type: "lose-answer" }
  /** Passed on; the connection breaks after this much of the answer's body. */
  | { readonly type: "cut-answer"; readonly afterBytes: number }
  /** Taken, and never answered. */
  | { readonly type: "silence" };

/** A request that came by. */
export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** A proxy before a real server, which breaks what it is told to break. */
export interface FaultyProxy {
  readonly endpoint: string;
  readonly passed: Passed[];
  /** Faults for the requests to come, in their order; `null` lets one through. */
  readonly faults: (Fault | null)[];
  close(): Promise<void>;
}

/** Starts a proxy on a free port of the loopback. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const passed: Passed[] = [];
  const faults: (Fault | null)[] = [];
  const server = createServer((incoming, answer) => {
    const { method = "", url: path = "", headers } = incoming;
    passed.push({ method, path, headers });
    const fault = faults.shift() ?? null;
    if (fault?.type === "silence") return;
    if (fault?.type === "refuse") {
      incoming.resume().on("end", () => refuse(answer, fault.status, fault.code));
      return;
    }
    const onward = send(`${target}${path}`, { method, headers }, (reply) => {
      if (fault?.type === "lose-answer") {
        reply.resume().on("end", () => answer.socket?.destroy());
        return;
      }
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      if (fault?.type !== "cut-answer") {
        reply.pipe(answer);
        return;
      }
      let left = fault.afterBytes;
      reply.on("data", (piece: Buffer) => {
        const part = piece.subarray(0, left);
        left -= part.byteLength;
        if (part.byteLength > 0) answer.write(part);
        else answer.flushHeaders();
        // Ends the connection in good order, and the answer too early.
        if (left === 0) answer.socket?.end();
      });
    });
    onward.on("error", () => answer.socket?.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    passed,
    faults,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function refuse(answer: ServerResponse, status: number, code: string): void {
  const document = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>as told</Message></Error>`;
  answer.writeHead(status, { "content-type": "application/xml" }).end(document);
}
