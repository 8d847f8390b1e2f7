import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Serves pages on an origin that has a cookie to lose. */
export interface PageServer extends AsyncDisposable {
  /**
   * Puts a page at a new address and gives it.
   *
   * @param policy - Its Content-Security-Policy. Default: none.
   */
  add(html: string, policy?: string): string;
}

/** Opens a {@link PageServer} on this machine. */
export async function openPageServer(): Promise<PageServer> {
  const pages: { readonly html: string; readonly policy: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const page = pages[Number(request.url?.slice(1))];
    const headers = {
      "content-type": "text/html; charset=utf-8",
      "set-cookie": "session=canary-cookie",
      ...(page?.policy === undefined ? {} : { "content-security-policy": page.policy }),
    };
    // A browser asks for an icon by itself.
    if (request.url === "/favicon.ico") response.writeHead(204).end();
    else if (page === undefined) response.writeHead(404).end();
    else response.writeHead(200, headers).end(page.html);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    add: (html, policy) => `http://127.0.0.1:${port}/${pages.push({ html, policy }) - 1}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
