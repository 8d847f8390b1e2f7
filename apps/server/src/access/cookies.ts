/** A cookie as it is set. */
export interface NewCookie {
  readonly name: string;
  /** Has no character that a cookie cannot have. */
  readonly value: string;
  /** Only what is below it gets the cookie: another program on the host has other paths. */
  readonly path: string;
  readonly expiresAt: Date;
  /** Whether it is for TLS alone. */
  readonly isSecure: boolean;
}

/** Every value of a cookie of this name that a request has; the most specific path comes first. */
export function cookiesOf(header: string | undefined, name: string): readonly string[] {
  const pairs = (header ?? "").split(";").map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}

/**
 * The header that sets a cookie. No script reads it, and no page of another site
 * makes a browser send it.
 */
export function setCookie({ name, value, path, expiresAt, isSecure }: NewCookie): string {
  const attributes = [`Path=${path}`, `Expires=${expiresAt.toUTCString()}`, "HttpOnly", "SameSite=Strict"];
  return [`${name}=${value}`, ...attributes, ...(isSecure ? ["Secure"] : [])].join("; ");
}

/** The header that takes a cookie away. */
export function clearCookie(cookie: Pick<NewCookie, "name" | "path" | "isSecure">): string {
  return setCookie({ ...cookie, value: "", expiresAt: new Date(0) });
}
