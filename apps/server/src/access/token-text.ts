import { createHash, randomBytes } from "node:crypto";

/** How the texts of tokens begin, so that people and scanners of secrets know them. */
export type TokenPrefix = "nmt_" | "nml_";

/** Makes a token: `nmt_…` has a name, `nml_…` opens a share link. It cannot be guessed. */
export function newTokenText(prefix: TokenPrefix): string {
  return `${prefix}${randomBytes(32).toString("base64url")}`;
}

/** What is kept of a token: good for finding it again, and for nothing else. */
export function hashOfToken(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
