import { type Session, signInSchema } from "@notemill/api";
import { noteSignOut } from "@notemill/store";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { whoAsks } from "../access/asker.ts";
import { checkSignInOrigin } from "../access/check-origin.ts";
import type { DoorOptions } from "../access/door.ts";
import { isToken } from "../access/is-token.ts";
import type { SignIn } from "../access/sign-ins.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";

/** The routes of who asks: browsers sign in and out. */
export function sessionRoutes(
  app: FastifyInstance,
  { driver, user, now, log }: Platform,
  { token, desk, failedTokens }: Pick<DoorOptions, "token" | "desk" | "failedTokens">,
): void {
  const present = (scope: Session["scope"], signIn: SignIn | null): Session => ({
    user,
    scope,
    via: signIn === null ? "bearer" : "cookie",
    expires_at: signIn?.expiresAt.toISOString() ?? null,
  });

  app.get("/api/v1/session", (request) => {
    const asker = whoAsks(request);
    return present(asker?.kind === "run" ? "run" : "full", signInOf(request));
  });

  app.post("/api/v1/session", async (request, reply) => {
    checkSignInOrigin({
      method: request.method,
      headers: request.headers,
      ownOrigins: desk.ownOrigins(request),
    });
    const { token: given } = readRequest(signInSchema, request.body, "body");
    if (!isToken(given, token)) {
      failedTokens.note(request.ip);
      throw new ServerError("TOKEN_INVALID", "the token is not this server's");
    }
    log.info({}, "browser signed in");
    return present("full", desk.signIn(reply));
  });

  app.delete("/api/v1/session", async (request, reply) => {
    const signIn = signInOf(request);
    if (signIn !== null) {
      await noteSignOut(driver, { ...signIn, now: now() });
      log.info({}, "browser signed out");
    }
    desk.signOut(reply);
    return reply.status(204).send();
  });
}

function signInOf(request: FastifyRequest): SignIn | null {
  const asker = whoAsks(request);
  return asker?.kind === "server-token" ? asker.signIn : null;
}
