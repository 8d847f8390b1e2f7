import { type Session, signInSchema } from "@notemill/api";
import { noteSignOut } from "@notemill/store";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type Asker, whoAsks } from "../access/asker.ts";
import { checkSignInOrigin } from "../access/check-origin.ts";
import type { DoorOptions } from "../access/door.ts";
import { presentLink } from "../access/present.ts";
import { findSigningIn } from "../access/sign-in-by-token.ts";
import type { SignIn } from "../access/sign-ins.ts";
import type { Platform } from "../platform.ts";
import { readRequest } from "./read-request.ts";

/** The most bytes of a body from somebody whom nobody knows yet. */
const TOKEN_BYTES = 4096;

/** The routes of who asks: browsers sign in and out. */
export function sessionRoutes(app: FastifyInstance, platform: Platform, door: DoorOptions): void {
  const { driver, now, log } = platform;
  const { desk } = door;

  app.get("/api/v1/session", (request) => {
    const session = present(platform, whoAsks(request));
    return platform.viewOnly === null || session.scope === "link" ? session : { ...session, scope: "read" };
  });

  app.post("/api/v1/session", { bodyLimit: TOKEN_BYTES }, async (request, reply) => {
    const { method, headers, ip } = request;
    checkSignInOrigin({ method, headers, ownOrigins: desk.ownOrigins(request) });
    const { token: given } = readRequest(signInSchema, request.body, "body");
    const token = await findSigningIn(platform, door, { given, address: ip });
    const signIn = desk.signIn(reply, token);
    log.info({ token: token?.name ?? null }, "browser signed in");
    return present(
      platform,
      token === null ? { kind: "server-token", signIn } : { kind: "token", token, signIn },
    );
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

function present({ user, canMail }: Platform, asker: Asker | null): Session {
  const whole: Session = {
    user,
    scope: "full",
    name: null,
    link: null,
    via: "bearer",
    expires_at: null,
    can_mail: canMail,
  };
  switch (asker?.kind) {
    case "server-token":
      return { ...whole, ...signedIn(asker.signIn) };
    case "token": {
      const { name, scope, expiresAt } = asker.token;
      return {
        ...whole,
        name,
        scope,
        expires_at: expiresAt?.toISOString() ?? null,
        ...signedIn(asker.signIn),
      };
    }
    case "link": {
      const { link } = asker;
      return { ...whole, scope: "link", link: presentLink(link), expires_at: link.expiresAt.toISOString() };
    }
    case "runner":
    case "run":
      return { ...whole, scope: asker.kind };
    case "anyone":
      return { ...whole, scope: "read" };
    case undefined:
      throw new Error("nobody is known to ask");
  }
}

function signedIn(signIn: SignIn | null): Partial<Session> {
  return signIn === null ? {} : { via: "cookie", expires_at: signIn.expiresAt.toISOString() };
}

function signInOf(request: FastifyRequest): SignIn | null {
  const asker = whoAsks(request);
  return asker?.kind === "server-token" || asker?.kind === "token" ? asker.signIn : null;
}
