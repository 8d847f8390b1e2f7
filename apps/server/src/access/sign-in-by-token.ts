import type { StoredToken } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import type { FailedTokens } from "./failed-tokens.ts";
import { findAsker, type ServerTokens } from "./find-asker.ts";

/**
 * Whom a token signs in: a token with a name, or null for the server's own.
 *
 * @throws {@link ServerError} `TOKEN_INVALID`, `TOKEN_NOT_FOR_THIS`, `TOO_MANY_REQUESTS`.
 */
export async function findSigningIn(
  platform: Platform,
  options: ServerTokens & { readonly failedTokens: FailedTokens },
  { given, address }: { readonly given: string; readonly address: string },
): Promise<StoredToken | null> {
  const asker = await findAsker(platform, options, given);
  if (asker === null) {
    options.failedTokens.note(address);
    throw new ServerError("TOKEN_INVALID", "the token is not this server's, or it is over");
  }
  if (asker.kind === "server-token") return null;
  if (asker.kind === "token" && asker.token.scope !== "runner") return asker.token;
  throw new ServerError("TOKEN_NOT_FOR_THIS", "tokens of runners, runs and links sign nobody in");
}
