import { createHash, timingSafeEqual } from "node:crypto";
import { ServerError } from "../server-error.ts";

/**
 * Checks the header `Authorization: Bearer …` in constant time.
 *
 * @throws {@link ServerError} `TOKEN_INVALID`.
 */
export function checkToken(header: string | undefined, token: string): void {
  const given = /^Bearer (.+)$/.exec(header ?? "")?.[1];
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return;
  const why = given === undefined ? "the request has no bearer token" : "the token is not this server's";
  throw new ServerError("TOKEN_INVALID", `${why}; it is in the token file of the data directory`);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
