import { createHash, timingSafeEqual } from "node:crypto";
import { ServerError } from "../server-error.ts";

/**
 * Checks the header `Authorization: Bearer …` in constant time.
 *
 * @throws {@link ServerError} `TOKEN_INVALID`.
 */
export function checkToken(header: string | undefined, tokens: readonly string[]): void {
  const given = /^Bearer (.+)$/.exec(header ?? "")?.[1];
  const matching = tokens.filter((token) => timingSafeEqual(digest(given ?? ""), digest(token)));
  if (given !== undefined && matching.length > 0) return;
  const why =
    given === undefined
      ? "the request has no bearer token"
      : "the token is not this server's, or not for this";
  throw new ServerError("TOKEN_INVALID", `${why}; it is in the token file of the data directory`);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
