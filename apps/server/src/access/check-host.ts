import { hostname } from "node:os";
import { isIP } from "node:net";
import { ServerError } from "../server-error.ts";

/**
 * Refuses a `Host` that may be a name of somebody else for this address. A page
 * of a stranger reaches a server in the reader's network under the stranger's own
 * name (DNS rebinding); an address and the names of this machine cannot be that.
 *
 * @param allowed - Other names of this server.
 * @throws {@link ServerError} `HOST_REFUSED`.
 */
export function checkHost(header: string | undefined, allowed: readonly string[]): void {
  const name = /^(\[[0-9a-f:.]+\]|[^:\s]+)(?::\d+)?$/i.exec(header ?? "")?.[1]?.toLowerCase() ?? "";
  const isOwn = name === "localhost" || name.endsWith(".localhost") || name === hostname().toLowerCase();
  const isAddress = isIP(name.replace(/^\[|\]$/g, "")) !== 0;
  if (isOwn || isAddress || allowed.some((it) => it.toLowerCase() === name)) return;
  throw new ServerError(
    "HOST_REFUSED",
    `the server does not go by the name "${name}"; if it should, name it with --allow-host`,
    { details: { host: name } },
  );
}
