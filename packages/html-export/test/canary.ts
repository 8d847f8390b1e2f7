import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Servers on this machine that a safe page never reaches. */
export interface Canary extends AsyncDisposable {
  readonly httpPort: number;
  readonly udpPort: number;
  /** What has reached them so far: a request line, or `UDP` and a length. */
  readonly reached: readonly string[];
  /** How many connections there were, with and without a request: browsers open some to be faster later. */
  readonly connections: () => number;
  /** Resolves when something whose description begins with `text` has reached them. */
  readonly sees: (text: string) => Promise<void>;
}

/** Opens the {@link Canary}. */
export async function openCanary(): Promise<Canary> {
  const reached: string[] = [];
  let waiting: { readonly text: string; readonly resolve: () => void }[] = [];
  const note = (what: string): void => {
    reached.push(what);
    for (const { text, resolve } of waiting) if (what.startsWith(text)) resolve();
    waiting = waiting.filter(({ text }) => !what.startsWith(text));
  };
  const http = createServer((request, response) => {
    note(`${request.method} ${request.headers.host}${request.url}`);
    response.writeHead(200, { "access-control-allow-origin": "*" }).end();
  });
  let connections = 0;
  http.on("connection", () => (connections += 1));
  http.on("upgrade", (request, socket) => {
    note(`UPGRADE ${request.url}`);
    socket.destroy();
  });
  const udp = createSocket("udp4", (message) => note(`UDP ${message.length}`));
  http.listen(0, "127.0.0.1");
  udp.bind(0, "127.0.0.1");
  await Promise.all([once(http, "listening"), once(udp, "listening")]);
  return {
    reached,
    connections: () => connections,
    httpPort: (http.address() as AddressInfo).port,
    udpPort: udp.address().port,
    sees: (text) =>
      reached.some((it) => it.startsWith(text))
        ? Promise.resolve()
        : new Promise((resolve) => waiting.push({ text, resolve })),
    async [Symbol.asyncDispose]() {
      http.closeAllConnections();
      await Promise.all([
        new Promise((done) => http.close(done)),
        new Promise<void>((done) => udp.close(done)),
      ]);
    },
  };
}
