import { isIP } from "node:net";
import { ServerError } from "../server-error.ts";

/** Where the server answers, and where people reach it. */
export interface Addresses {
  /** What all paths begin with: empty, or as `/notes`. */
  readonly basePath: string;
  /** As `https://host/notes`, without a slash at the end; null where nobody said so. */
  readonly publicUrl: string | null;
  /** The same path as browsers have it: a proxy may take a part away or put one before. */
  readonly outerPath: string;
  /** Where browsers get what people have written, as `https://outputs.example/notes`; null where nobody said so. */
  readonly outputUrl: string | null;
}

/** What somebody says about addresses. */
export interface GivenAddresses {
  readonly basePath?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly outputUrl?: string | undefined;
}

/**
 * Checks addresses, and fills in what follows. An address without a path gets the base path.
 *
 * @throws {@link ServerError} `SERVER_URL_INVALID`.
 */
export function readAddresses(given: GivenAddresses): Addresses {
  const basePath = readBasePath(given.basePath ?? "/");
  const publicUrl = given.publicUrl === undefined ? null : readUrl(given.publicUrl, "--public-url");
  const outputUrl = given.outputUrl === undefined ? null : readUrl(given.outputUrl, "--output-url");
  // Another port is not enough: cookies are for all ports of a host.
  if (outputUrl !== null && (publicUrl === null || publicUrl.hostname === outputUrl.hostname))
    throw invalid("--output-url", outputUrl.href, "another host than that of --public-url, which it needs");
  const outerPath = (publicUrl && pathOf(publicUrl)) || basePath;
  return {
    basePath,
    publicUrl: publicUrl && `${publicUrl.origin}${outerPath}`,
    outerPath,
    outputUrl: outputUrl && `${outputUrl.origin}${pathOf(outputUrl) || basePath}`,
  };
}

function pathOf({ pathname }: URL): string {
  return pathname.replace(/\/+$/, "");
}

/** Checks addresses of proxies. @throws {@link ServerError} `SERVER_URL_INVALID`. */
export function checkProxies(proxies: readonly string[]): void {
  for (const given of proxies) {
    const [, address = "", bits = "0"] = /^([0-9a-f.:]+)(?:\/(\d{1,3}))?$/i.exec(given) ?? [];
    const version = isIP(address);
    if (version === 0 || Number(bits) > (version === 4 ? 32 : 128))
      throw invalid("--trust-proxy", given, "an address or a range, as 10.0.0.5 or 10.0.0.0/8");
  }
}

function readBasePath(given: string): string {
  const path = given.replace(/\/+$/, "");
  if (isPlainPath(path) && !/^\/(?:api|share|outputs|metrics)(?:\/|$)/.test(path)) return path;
  throw invalid("--base-url", given, "a path such as /notes, and not one of the server's own");
}

/** Whether a path needs no encoding: proxies and browsers do not agree on the rest. */
function isPlainPath(path: string): boolean {
  return path === "" || /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/.test(path);
}

function readUrl(given: string, option: string): URL {
  const url = URL.parse(given);
  const isPlain = url !== null && `${url.username}${url.password}${url.search}${url.hash}` === "";
  if (isPlain && isPlainPath(pathOf(url)) && (url.protocol === "http:" || url.protocol === "https:"))
    return url;
  throw invalid(option, given, "an address such as https://notes.example, without user, query or fragment");
}

function invalid(option: string, given: string, expected: string): ServerError {
  return new ServerError("SERVER_URL_INVALID", `${option} "${given}": expected ${expected}`, {
    details: { option, given },
  });
}
