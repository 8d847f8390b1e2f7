import { MOST_SENT_LEVELS } from "@notemill/api";
import { parseJson } from "@notemill/json";
import { addEventSlot, readWebhookSecret } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { deliveryOf, knowsSecret } from "../events/webhook-secret.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { openWebhook } from "../secrets/seal-webhooks.ts";
import type { FailedTokens } from "../access/failed-tokens.ts";

/** The most bytes that a webhook takes. */
const BODY_LIMIT = 2 ** 20;

const ID = z.uuid();
const DELIVERY = z.string().max(255);

/** The route of webhooks: no token of the server lets in, but the secret of the webhook. */
export function webhookRoute(app: FastifyInstance, platform: Platform, failedTokens: FailedTokens): void {
  const { driver, now, newId, log } = platform;
  void app.register((scope, _options, done) => {
    // A signature is over the bytes, whatever they are said to be.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: BODY_LIMIT }, (_request, bytes, next) =>
      next(null, bytes),
    );

    scope.post("/api/v1/hooks/:id", async (request, reply) => {
      const { id } = request.params as { readonly id: string };
      const isId = ID.safeParse(id).success;
      const secret = isId ? await secretOf(platform, id) : null;
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!knowsSecret(secret, { headers: request.headers, body: bytes, now: now() })) {
        failedTokens.note(request.ip);
        throw refused();
      }
      const body = textOf(bytes);
      const delivery = deliveryOf(request.headers);
      if (!DELIVERY.safeParse(delivery ?? "").success)
        throw new ServerError("REQUEST_INVALID", "the name of the delivery is longer than 255 characters");
      const slotId = newId();
      const added = await addEventSlot(driver, {
        id: slotId,
        triggerId: id,
        slot: now(),
        key: `webhook:${delivery ?? slotId}`,
        body,
        now: now(),
      });
      if (added.kind === "missing") throw refused();
      if (added.kind === "full") {
        throw new ServerError("TOO_MANY_REQUESTS", "too much that the webhook was sent waits for its turn");
      }
      const isNew = added.kind === "added";
      log.info({ schedule_id: id, slot_id: added.slotId, is_new: isNew }, "webhook called");
      return reply.status(202).send({ slot_id: added.slotId, is_new: isNew });
    });
    done();
  });
}

/** The secret of a webhook; null where there is none, or where it cannot be opened, which only the log tells. */
async function secretOf(
  { driver, secretKeys, report }: Pick<Platform, "driver" | "secretKeys" | "report">,
  id: string,
): Promise<string | null> {
  try {
    // Before and behind: the key may be changed at this moment, and what is found is sealed with either.
    const before = await secretKeys.read();
    const webhook = await readWebhookSecret(driver, id);
    return webhook === null ? null : openWebhook(webhook, [...(await secretKeys.read()), ...before]);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    report(`the webhook of schedule ${id} cannot be used: make it another secret`, error);
    return null;
  }
}

/** The same whatever is wrong: nobody learns which webhooks there are. */
function refused(): ServerError {
  return new ServerError(
    "WEBHOOK_REFUSED",
    "there is no such webhook, or the request does not have its secret",
  );
}

/** Refuses what is no UTF-8, and does not put something else in its place. */
const UTF8 = new TextDecoder("utf-8", { fatal: true });

/** The body as JSON; what is empty is null. */
function textOf(bytes: Buffer): string {
  if (bytes.length === 0) return "null";
  try {
    const text = UTF8.decode(bytes);
    parseJson(text, { maxDepth: MOST_SENT_LEVELS });
    return text;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ServerError("REQUEST_INVALID", `the body is no JSON: ${why}`, { cause: error });
  }
}
