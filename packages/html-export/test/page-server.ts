import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Serves pages on an origin that has a cookie to lose. */
export interface PageServer extends AsyncDisposable {
  /** Puts a page at a new address and gives it. */
  add(html: string): string;
}

/** Opens a {@link PageServer} on this machine. */
export async function openPageServer(): Promise<PageServer> {
  const pages: string[] = [];
  const server = createServer((request, response) => {
    const html = pages[Number(request.url?.slice(1))];
    const headers = { "content-type": "text/html; charset=utf-8", "set-cookie": "session=canary-cookie" };
    // A browser asks for an icon by itself.
    if (request.url === "/favicon.ico") response.writeHead(204).end();
    else if (html === undefined) response.writeHead(404).end();
    else response.writeHead(200, headers).end(html);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    add: (html) => `http://127.0.0.1:${port}/${pages.push(html) - 1}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
