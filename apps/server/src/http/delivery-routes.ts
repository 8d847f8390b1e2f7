import { deliveryRuleSchema, listDeliveriesSchema } from "@notemill/api";
import { changeRules, listMessages, readRules, retryMessage } from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { presentDelivery, presentRules, rulesOf } from "../deliveries/rule-form.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { findLiveTrigger, findTrigger, scheduleNotFound } from "./find-trigger.ts";
import { readRequest } from "./read-request.ts";

const NUMBER = z.object({ number: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

const RULE = z.object({ rule: z.uuid() });

/** The most rules of a schedule. */
const MOST_RULES = 20;

/** The routes of what is told to people and programs. */
export function deliveryRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, now } = platform;

  app.get("/api/v1/schedules/:id/delivery-rules", async (request) => {
    const { id } = await findTrigger(platform, request.params);
    return presentRules(await readRules(driver, { triggerId: id }));
  });

  app.post("/api/v1/schedules/:id/delivery-rules", async (request, reply) => {
    const { id } = await findLiveTrigger(platform, request.params);
    const added = rulesOf([readRequest(deliveryRuleSchema, request.body, "body")], platform);
    const rules = await changeRules(driver, id, (before) => [...before, ...added].slice(0, MOST_RULES));
    if (rules === null) throw scheduleNotFound(id);
    if (!rules.some((it) => it.id === added[0]?.id)) {
      throw new ServerError(
        "DELIVERY_RULE_INVALID",
        `the schedule has ${MOST_RULES} rules already; remove one first`,
      );
    }
    return reply.status(201).send(presentRules(rules));
  });

  app.delete("/api/v1/schedules/:id/delivery-rules/:rule", async (request) => {
    const { id } = await findLiveTrigger(platform, request.params);
    const { rule } = readRequest(RULE, request.params, "id");
    let isThere = false;
    const rules = await changeRules(driver, id, (before) => {
      isThere = before.some((it) => it.id === rule);
      return before.filter((it) => it.id !== rule);
    });
    if (rules !== null && isThere) return presentRules(rules);
    throw new ServerError("DELIVERY_NOT_FOUND", `the schedule has no rule "${rule}"`, {
      details: { id: rule },
    });
  });

  app.get("/api/v1/deliveries", async (request) => {
    const query = readRequest(listDeliveriesSchema, request.query, "query");
    const { state, schedule, run, workflow_run: workflowRunId, before, limit } = query;
    const found = await listMessages(driver, {
      state,
      triggerId: schedule,
      runId: run,
      workflowRunId,
      before,
      limit: limit + 1,
    });
    const page = found.slice(0, limit).map(presentDelivery);
    return { deliveries: page, next: found.length > limit ? (page.at(-1)?.id ?? null) : null };
  });

  app.post("/api/v1/deliveries/:number/retry", async (request) => {
    const { number } = readRequest(NUMBER, request.params, "id");
    const message = await retryMessage(driver, number, now());
    if (message !== null) return presentDelivery(message);
    throw new ServerError("DELIVERY_NOT_FOUND", `there is no delivery ${number}`, {
      details: { id: number },
    });
  });
}
