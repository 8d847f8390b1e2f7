import { createTokenSchema, listTokensSchema } from "@notemill/api";
import { createToken, deleteToken, listTokens } from "@notemill/store";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { whoAsks } from "../access/asker.ts";
import { presentToken } from "../access/present.ts";
import { hashOfToken, newTokenText } from "../access/token-text.ts";
import { readExpiry } from "../access/read-expiry.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";

/** The routes of tokens with names. */
export function tokenRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, user, now, newId, log } = platform;

  app.post("/api/v1/tokens", async (request, reply) => {
    const { name, scope, expires_at: expires } = readRequest(createTokenSchema, request.body, "body");
    const expiresAt = expires === null ? null : readExpiry(expires, now());
    refuseOutliving(request, expiresAt);
    const text = newTokenText("nmt_");
    const token = await createToken(driver, {
      id: newId(),
      owner: user,
      name,
      sha256: hashOfToken(text),
      scope,
      expiresAt,
      now: now(),
    });
    if (token === null) {
      throw new ServerError("TOKEN_NAME_TAKEN", `there is a token "${name}" already; revoke it first`, {
        details: { name },
      });
    }
    log.info({ token: name, scope }, "token made");
    return reply.status(201).send({ ...presentToken(token), token: text });
  });

  app.get("/api/v1/tokens", async (request) => {
    const { after, limit } = readRequest(listTokensSchema, request.query, "query");
    const tokens = await listTokens(driver, { owner: user, after, limit: limit + 1 });
    const page = tokens.slice(0, limit);
    return {
      tokens: page.map(presentToken),
      next: tokens.length > limit ? (page.at(-1)?.name ?? null) : null,
    };
  });

  app.delete("/api/v1/tokens/:id", async (request, reply) => {
    const { id } = readRequest(z.object({ id: z.uuid() }), request.params, "id");
    const name = await deleteToken(driver, user, id);
    if (name === null)
      throw new ServerError("TOKEN_NOT_FOUND", `there is no token "${id}"`, { details: { id } });
    log.info({ token: name }, "token revoked");
    return reply.status(204).send();
  });
}

/** A token that ends makes none that goes on: else its end would be no end. */
function refuseOutliving(request: FastifyRequest, expiresAt: Date | null): void {
  const asker = whoAsks(request);
  const end = asker?.kind === "token" ? asker.token.expiresAt : null;
  if (end === null || (expiresAt !== null && expiresAt <= end)) return;
  throw new ServerError(
    "TOKEN_NOT_FOR_THIS",
    `the token that asks ends at ${end.toISOString()}; one that it makes has to end by then`,
  );
}
