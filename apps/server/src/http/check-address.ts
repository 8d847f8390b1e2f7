import { once } from "node:events";
import { createServer } from "node:net";
import { ServerError } from "../server-error.ts";

/**
 * Finds out whether a server could listen there, and lets go of it again.
 *
 * @throws {@link ServerError} `ADDRESS_UNUSABLE`.
 */
export async function checkAddress(host: string, port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen({ host, port });
    await once(server, "listening");
  } catch (cause) {
    throw cannotListen(host, port, cause);
  }
  const closed = once(server, "close");
  server.close();
  await closed;
}

/** Says why a server cannot listen there. */
export function cannotListen(host: string, port: number, cause: unknown): ServerError {
  const why =
    (cause as NodeJS.ErrnoException).code === "EADDRINUSE"
      ? "another program listens there; choose another --port"
      : cause instanceof Error
        ? cause.message
        : String(cause);
  return new ServerError("ADDRESS_UNUSABLE", `cannot listen on ${host}:${port}: ${why}`, { cause });
}
