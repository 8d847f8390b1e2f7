import { findLink, findToken, isSignedOut } from "@notemill/store";
import type { Platform } from "../platform.ts";
import type { Asker } from "./asker.ts";
import type { SignIn } from "./sign-ins.ts";

/**
 * Whether somebody who was let in would be let in at this moment: an answer may go on for hours, and
 * tokens, links and sign-ins end meanwhile. The token of a run is as good as it was.
 */
export async function isStillIn(
  { driver, now }: Pick<Platform, "driver" | "now">,
  asker: Asker,
): Promise<boolean> {
  const isSignedIn = async (signIn: SignIn | null): Promise<boolean> =>
    signIn === null || (signIn.expiresAt > now() && !(await isSignedOut(driver, signIn.id)));
  switch (asker.kind) {
    case "server-token":
      return isSignedIn(asker.signIn);
    case "token":
      return (await isSignedIn(asker.signIn)) && (await findToken(driver, asker.token, now())) !== null;
    case "link":
      return (await findLink(driver, asker.link, now())) !== null;
    case "runner":
    case "run":
    case "anyone":
      return true;
  }
}
