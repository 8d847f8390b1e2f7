import { once } from "node:events";
import { createServer, type Server as TcpServer } from "node:net";
import type { Server } from "node:http";

/**
 * Takes the other address that browsers find under the name `localhost`, `::1`, so that nobody
 * else on this machine can answer there for a server that listens on 127.0.0.1.
 *
 * @returns What listens there, to be closed; null on a machine without IPv6; `taken` where somebody else does.
 */
export async function listenAsLocalhost(http: Server, port: number): Promise<TcpServer | null | "taken"> {
  // With the options that connections of an HTTP server have.
  const options = { noDelay: true, allowHalfOpen: true };
  const server = createServer(options, (socket) => void http.emit("connection", socket));
  server.listen({ host: "::1", port, ipv6Only: true });
  try {
    await once(server, "listening");
    return server;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "EADDRNOTAVAIL" || code === "EAFNOSUPPORT" ? null : "taken";
  }
}
