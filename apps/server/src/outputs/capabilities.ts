import { createHmac, timingSafeEqual } from "node:crypto";

/** What an address of the output origin shows, and until when. */
export interface Capability {
  /** Canonical path of the file. */
  readonly path: string;
  /** Null for what is in it when it is asked for. */
  readonly version: number | null;
  /** Whether it may run scripts. */
  readonly isActive: boolean;
  /** Whether the address is of another origin than the app, and is good for nothing there. */
  readonly isApart: boolean;
  readonly expiresAt: Date;
}

/** Addresses that show one thing to whoever has them. Nobody keeps them: each says what it shows, and is signed. */
export interface Capabilities {
  make(capability: Capability): string;
  /** What it shows; null where it is none of this server's, or over. */
  read(text: string, now: Date): Capability | null;
}

/** @param token - The server's own. */
export function createCapabilities(token: string): Capabilities {
  const key = createHmac("sha256", token).update("notemill output").digest();
  const sign = (text: string): string => createHmac("sha256", key).update(text).digest("base64url");
  return {
    make({ path, version, isActive, isApart, expiresAt }) {
      const values = [path, version, isActive, isApart, expiresAt.getTime()];
      const text = Buffer.from(JSON.stringify(values)).toString("base64url");
      return `${text}.${sign(text)}`;
    },
    read(given, now) {
      const [text = "", signature = ""] = given.split(".");
      const expected = Buffer.from(sign(text));
      const actual = Buffer.from(signature);
      if (actual.byteLength !== expected.byteLength || !timingSafeEqual(actual, expected)) return null;
      const [path, version, isActive, isApart, expires] = JSON.parse(
        Buffer.from(text, "base64url").toString("utf8"),
      ) as [string, number | null, boolean, boolean, number];
      const expiresAt = new Date(expires);
      return expiresAt > now ? { path, version, isActive, isApart, expiresAt } : null;
    },
  };
}
