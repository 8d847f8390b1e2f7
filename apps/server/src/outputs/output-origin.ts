import { isIP } from "node:net";
import type { Addresses } from "../access/addresses.ts";

/** Where a browser gets what people have written. */
export interface OutputOrigin {
  /** What addresses begin with. */
  readonly url: string;
  /** Whether that is another origin than that of the app. */
  readonly isApart: boolean;
}

/**
 * Where the browser that asks gets what people have written: where the operator said,
 * else for an app on `localhost` from `127.0.0.1`, which has no cookie of the app.
 * Where neither is so, there is one origin for everything.
 *
 * @param host - The header of the request.
 * @param listensOn - The address that the server listens on.
 */
export function outputOrigin(
  { publicUrl, outputUrl, basePath, outerPath }: Addresses,
  { host, listensOn }: { readonly host: string; readonly listensOn: string },
): OutputOrigin {
  if (outputUrl !== null) return { url: outputUrl, isApart: true };
  const [, port = ""] = /^localhost(:\d+)?$/i.exec(host) ?? [];
  const isHere = ["127.0.0.1", "0.0.0.0", "::"].includes(listensOn);
  if (publicUrl === null && isHere && /^localhost(?::|$)/i.test(host))
    return { url: `http://127.0.0.1${port}${basePath}`, isApart: true };
  return { url: publicUrl ?? `http://${host}${outerPath}`, isApart: false };
}

/** Whether a host is there for what people have written, and for nothing else. */
export function isOutputHost({ outputUrl }: Addresses, host: string): boolean {
  return outputUrl !== null && nameOf(host) === new URL(outputUrl).hostname;
}

/** Whether a host may be the other origin: the one for outputs, or an address for an app on this machine. */
export function isApartHost(addresses: Addresses, host: string): boolean {
  if (addresses.outputUrl !== null) return isOutputHost(addresses, host);
  return addresses.publicUrl === null && isIP(nameOf(host)) !== 0;
}

/**
 * Who may have in a frame what comes from the other origin.
 *
 * @param host - The header of a request for it.
 */
export function appOrigin({ publicUrl }: Addresses, host: string): string {
  if (publicUrl !== null) return new URL(publicUrl).origin;
  return `http://localhost${/:\d+$/.exec(host)?.[0] ?? ""}`;
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, "").toLowerCase();
}
