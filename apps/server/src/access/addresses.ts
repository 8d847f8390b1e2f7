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
}

/** What somebody says about addresses. */
export interface GivenAddresses {
  readonly basePath?: string | undefined;
  readonly publicUrl?: string | undefined;
}

/**
 * Checks addresses, and fills in what follows. A public address without a path gets the base path.
 *
 * @throws {@link ServerError} `SERVER_URL_INVALID`.
 */
export function readAddresses({ basePath: base = "/", publicUrl: given }: GivenAddresses): Addresses {
  const basePath = readBasePath(base);
  if (given === undefined) return { basePath, publicUrl: null, outerPath: basePath };
  const url = readUrl(given, "--public-url");
  const path = url.pathname.replace(/\/+$/, "");
  const outerPath = path === "" ? basePath : path;
  return { basePath, publicUrl: `${url.origin}${outerPath}`, outerPath };
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
  // What needs no encoding: proxies and browsers do not agree on the rest.
  const isPlain = path === "" || /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)+$/.test(path);
  if (isPlain && !/^\/(?:api|share|metrics)(?:\/|$)/.test(path)) return path;
  throw invalid("--base-url", given, "a path such as /notes, and not one of the server's own");
}

function readUrl(given: string, option: string): URL {
  const url = URL.parse(given);
  const isPlain = url !== null && `${url.username}${url.password}${url.search}${url.hash}` === "";
  if (isPlain && (url.protocol === "http:" || url.protocol === "https:")) return url;
  throw invalid(option, given, "an address such as https://notes.example, without user, query or fragment");
}

function invalid(option: string, given: string, expected: string): ServerError {
  return new ServerError("SERVER_URL_INVALID", `${option} "${given}": expected ${expected}`, {
    details: { option, given },
  });
}
