import { findLink, findToken, noteUse, tokenHolder } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import type { Asker } from "./asker.ts";
import { isToken } from "./is-token.ts";
import { hashOfToken } from "./token-text.ts";

/** The tokens that the server was started with. */
export interface ServerTokens {
  readonly token: string;
  /** Is good for what runners do, and for nothing else. */
  readonly runnerToken: string;
}

/**
 * Who has a token; null where it is none of this server's.
 *
 * @throws {@link ServerError} `TOKEN_INVALID` for the token of an attempt that is over.
 */
export async function findAsker(
  platform: Pick<Platform, "driver" | "runTokens" | "now">,
  { token, runnerToken }: ServerTokens,
  given: string,
): Promise<Asker | null> {
  const { driver, runTokens } = platform;
  if (isToken(given, token)) return { kind: "server-token", signIn: null };
  if (isToken(given, runnerToken)) return { kind: "runner" };
  const attempt = runTokens.read(given);
  if (attempt !== null) {
    const holder = await tokenHolder(driver, attempt, platform.now());
    if (holder === null)
      throw new ServerError("TOKEN_INVALID", "the token is that of an attempt that is over");
    return { kind: "run", holder };
  }
  const now = platform.now();
  if (given.startsWith("nmt_")) {
    const found = await findToken(driver, { sha256: hashOfToken(given) }, now);
    if (found === null) return null;
    await noteUse(driver, "access_token", { ...found, now });
    return { kind: "token", token: found, signIn: null };
  }
  if (given.startsWith("nml_")) {
    const link = await findLink(driver, { sha256: hashOfToken(given) }, now);
    if (link === null) return null;
    await noteUse(driver, "share_link", { ...link, now });
    return { kind: "link", link };
  }
  return null;
}
