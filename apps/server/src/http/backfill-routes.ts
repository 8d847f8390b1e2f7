import { createBackfillSchema, listBackfillSlotsSchema, listBackfillsSchema } from "@notemill/api";
import {
  type BackfillDetail,
  cancelBackfill,
  createBackfill,
  getBackfill,
  listBackfills,
  listBackfillSlots,
  pauseBackfill,
  resumeBackfill,
} from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { goOn } from "../backfills/go-on.ts";
import { planRuns, presentPlan } from "../backfills/plan.ts";
import { presentBackfill, presentBackfillSlot } from "../backfills/present-backfill.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { findLiveTrigger, findTrigger, scheduleNotFound } from "./find-trigger.ts";
import { nextOf } from "./next-of.ts";
import { readRequest } from "./read-request.ts";

const ONE = z.object({ id: z.uuid() });

/** The routes of backfills. */
export function backfillRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, now, newId, user, log } = platform;

  app.post("/api/v1/schedules/:id/backfills/preview", async (request) => {
    const trigger = await findLiveTrigger(platform, request.params);
    const body = readRequest(createBackfillSchema, request.body, "body");
    return presentPlan(await planRuns(platform, trigger, body), trigger);
  });

  app.post("/api/v1/schedules/:id/backfills", async (request, reply) => {
    const trigger = await findLiveTrigger(platform, request.params);
    const body = readRequest(createBackfillSchema, request.body, "body");
    const { leftOut: _leftOut, sets: _sets, warnings, ...planned } = await planRuns(platform, trigger, body);
    const { owner, kernelName, sweep, settings, priority, tags } = trigger;
    const created = await createBackfill(driver, {
      id: newId(),
      owner,
      triggerId: trigger.id,
      ...planned,
      concurrency: body.concurrency ?? 1,
      kernelName,
      sweep,
      settings,
      priority,
      tags,
      now: now(),
    });
    if (created.kind === "missing") throw scheduleNotFound(trigger.id);
    if (created.kind === "overlaps") {
      throw new ServerError(
        "BACKFILL_OVERLAPS",
        `backfill ${created.id} is under way with slots of this range; wait for it, or cancel it`,
        { details: { id: created.id } },
      );
    }
    const { id } = created.backfill;
    log.info({ backfill_id: id, schedule_id: trigger.id, count: planned.slots.length }, "backfill made");
    await goOn(platform, id);
    void reply.status(201).header("location", `/api/v1/backfills/${id}`);
    return { ...presentBackfill(found(await getBackfill(driver, id), id)), warnings };
  });

  app.get("/api/v1/schedules/:id/backfills", async (request) => {
    const { id } = await findTrigger(platform, request.params);
    const { before, limit } = readRequest(listBackfillsSchema, request.query, "query");
    const backfills = await listBackfills(driver, id, { before: before ?? null, limit: limit + 1 });
    return { backfills: backfills.slice(0, limit).map(presentBackfill), next: nextOf(backfills, limit) };
  });

  app.get("/api/v1/backfills/:id", async (request) => {
    const { id } = readRequest(ONE, request.params, "id");
    return presentBackfill(found(await getBackfill(driver, id), id));
  });

  app.get("/api/v1/backfills/:id/slots", async (request) => {
    const { id } = readRequest(ONE, request.params, "id");
    found(await getBackfill(driver, id), id);
    const { after, limit } = readRequest(listBackfillSlotsSchema, request.query, "query");
    const slots = await listBackfillSlots(driver, id, {
      after: after === undefined ? null : new Date(after),
      limit: limit + 1,
    });
    const page = slots.slice(0, limit).map(presentBackfillSlot);
    return { slots: page, next: slots.length > limit ? (page.at(-1)?.slot ?? null) : null };
  });

  app.post("/api/v1/backfills/:id/pause", async (request) => {
    const { id } = readRequest(ONE, request.params, "id");
    found(await pauseBackfill(driver, id, now()), id);
    return presentBackfill(found(await getBackfill(driver, id), id));
  });

  app.post("/api/v1/backfills/:id/resume", async (request) => {
    const { id } = readRequest(ONE, request.params, "id");
    found(await resumeBackfill(driver, id), id);
    await goOn(platform, id);
    return presentBackfill(found(await getBackfill(driver, id), id));
  });

  app.post("/api/v1/backfills/:id/cancel", async (request) => {
    const { id } = readRequest(ONE, request.params, "id");
    found(await cancelBackfill(driver, id, { by: user, now: now() }), id);
    await goOn(platform, id);
    return presentBackfill(found(await getBackfill(driver, id), id));
  });
}

function found<T extends Pick<BackfillDetail, "id">>(backfill: T | null, id: string): T {
  if (backfill !== null) return backfill;
  throw new ServerError("BACKFILL_NOT_FOUND", `there is no backfill "${id}"`, { details: { id } });
}
