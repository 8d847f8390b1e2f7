import {
  grantSecretSchema,
  listSecretsSchema,
  putSecretSchema,
  type Secret,
  SECRET_NAME,
} from "@notemill/api";
import {
  deleteSecret,
  grantSecret,
  listSecrets,
  putSecret,
  resealSecrets,
  type StoredSecret,
  withSecretKeys,
} from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import { readGrant } from "../secrets/grants.ts";
import { seal, unseal } from "../secrets/seal.ts";
import { resealWebhooks } from "../secrets/seal-webhooks.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";

const ONE = z.object({
  name: z.string().regex(SECRET_NAME, {
    error: "a name is a letter, then letters, digits and underscores; 63 characters at most",
  }),
});

/** The routes of secrets. A text goes in here, and comes out for the runner of an attempt alone. */
export function secretRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, user, secretKeys, now, newId, log } = platform;

  app.get("/api/v1/secrets", async (request) => {
    const { after, limit } = readRequest(listSecretsSchema, request.query, "query");
    const secrets = await listSecrets(driver, { owner: user, after, limit: limit + 1 });
    const page = secrets.slice(0, limit);
    return { secrets: page.map(present), next: secrets.length > limit ? (page.at(-1)?.name ?? null) : null };
  });

  app.put("/api/v1/secrets/:name", async (request) => {
    const { name } = readRequest(ONE, request.params, "id");
    const { text, grants } = readRequest(putSecretSchema, request.body, "body");
    const asked = grants?.map((grant) => readGrant(platform, grant));
    const secret = await withSecretKeys(driver, async (queries) => {
      const [key] = await secretKeys.read();
      return putSecret(queries, {
        id: newId(),
        owner: user,
        name,
        keyId: key.id,
        sealed: seal(text, { owner: user, name }, key),
        grants: asked,
        now: now(),
      });
    });
    log.info({ secret: name }, "secret kept");
    return present(secret);
  });

  app.put("/api/v1/secrets/:name/grants", async (request) => {
    const { name } = readRequest(ONE, request.params, "id");
    const { grants } = readRequest(grantSecretSchema, request.body, "body");
    const read = [...new Set(grants.map((grant) => readGrant(platform, grant)))];
    const secret = await grantSecret(driver, { owner: user, name, grants: read, now: now() });
    if (secret === null) throw notFound(name);
    log.info({ secret: name }, "secret granted");
    return present(secret);
  });

  app.delete("/api/v1/secrets/:name", async (request, reply) => {
    const { name } = readRequest(ONE, request.params, "id");
    if (!(await deleteSecret(driver, user, name))) throw notFound(name);
    log.info({ secret: name }, "secret deleted");
    return reply.status(204).send();
  });

  app.post("/api/v1/secrets/rotation", async () => {
    const { id, resealed } = await withSecretKeys(driver, async (queries) => {
      await secretKeys.add();
      const keys = await secretKeys.read();
      const [key] = keys;
      const sealAnew = (secret: StoredSecret): string => seal(unseal(secret, keys), secret, key);
      const secrets = await resealSecrets(queries, key.id, sealAnew);
      return { id: key.id, resealed: secrets + (await resealWebhooks(queries, keys)) };
    });
    // Not before everything is known to be sealed with the new one. Somebody may have put another in front of it since.
    await withSecretKeys(driver, () => secretKeys.dropBehind(id));
    log.info({ resealed }, "key of secrets changed");
    return { resealed };
  });
}

function present({ name, grants, createdAt, updatedAt }: StoredSecret): Secret {
  return {
    name,
    grants: [...grants],
    created_at: createdAt.toISOString(),
    updated_at: updatedAt.toISOString(),
  };
}

function notFound(name: string): ServerError {
  return new ServerError("SECRET_NOT_FOUND", `there is no secret "${name}"`, { details: { name } });
}
