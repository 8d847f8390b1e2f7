import {
  createScheduleSchema,
  type ListedSchedule,
  listSchedulesSchema,
  listSlotsSchema,
  pauseScheduleSchema,
  previewScheduleSchema,
  runScheduleSchema,
  updateScheduleSchema,
} from "@notemill/api";
import { describeTrigger, isTimeTrigger } from "@notemill/schedules";
import {
  createTrigger,
  deleteTrigger,
  lastSlots,
  listSlots,
  listTriggers,
  type NewRun,
  pauseTrigger,
  resumeTrigger,
  setWebhookSecret,
  startByHand,
  startSweepByHand,
  startWorkflowByHand,
  type StoredTrigger,
  type TriggerChange,
  updateTrigger,
  withSecretKeys,
} from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { filesOf } from "../events/find-files.ts";
import { rulesOf } from "../deliveries/rule-form.ts";
import { newWebhookSecret } from "../events/webhook-secret.ts";
import { seal } from "../secrets/seal.ts";
import { webhookSubject } from "../secrets/seal-webhooks.ts";
import type { Platform } from "../platform.ts";
import { presentRun } from "../runs/present-run.ts";
import { changeSchedule, defineSchedule } from "../schedules/define-schedule.ts";
import { diffSchedule } from "../schedules/diff-schedule.ts";
import { presentClockChange } from "../schedules/clock-change.ts";
import { presentNextSlots } from "../schedules/next-slots.ts";
import { presentSchedule, presentScheduleDetail, presentSlot } from "../schedules/present-schedule.ts";
import { runsNotebook, sourceOf, startOfSlot } from "../schedules/run-of-slot.ts";
import { triggerOf } from "../schedules/spec-form.ts";
import { workflowOf, workflowOfSlot } from "../schedules/workflow-of-slot.ts";
import { ServerError } from "../server-error.ts";
import { presentWorkflowRun } from "../workflows/present-workflow-run.ts";
import { findLiveTrigger, findTrigger, scheduleNotFound } from "./find-trigger.ts";
import { nextOf } from "./next-of.ts";
import { LARGE_BODY } from "./body-limits.ts";
import { readRequest } from "./read-request.ts";

const ONE = z.object({ id: z.uuid() });
const KEY = z.string().min(1).max(255).nullable();

/** The routes of schedules. */
export function scheduleRoutes(app: FastifyInstance, platform: Platform): void {
  const { driver, now, newId, user, log } = platform;

  app.post("/api/v1/schedules", LARGE_BODY, async (request, reply) => {
    const body = readRequest(createScheduleSchema, request.body, "body");
    const { definition, warnings } = await defineSchedule(platform, body);
    const filesThere = await filesOf(platform, definition.spec);
    const trigger = await createTrigger(driver, {
      ...definition,
      id: newId(),
      owner: user,
      filesThere,
      rules: rulesOf(body.deliveries ?? [], platform),
      now: now(),
    });
    if (trigger === null) throw nameTaken(definition.name);
    log.info({ schedule_id: trigger.id, path: trigger.path }, "schedule made");
    void reply.status(201).header("location", `/api/v1/schedules/${trigger.id}`);
    return { ...presentScheduleDetail(trigger, now()), warnings };
  });

  app.get("/api/v1/schedules", async (request) => {
    const { name, before, limit } = readRequest(listSchedulesSchema, request.query, "query");
    const triggers = await listTriggers(driver, {
      name: name ?? null,
      before: before ?? null,
      limit: limit + 1,
    });
    const page = triggers.slice(0, limit);
    const last = await lastSlots(
      driver,
      page.map(({ id }) => id),
    );
    const listed = (trigger: StoredTrigger): ListedSchedule => {
      const slot = last.get(trigger.id);
      return { ...presentSchedule(trigger), last_slot: slot === undefined ? null : presentSlot(slot) };
    };
    return { schedules: page.map(listed), next: nextOf(triggers, limit) };
  });

  app.post("/api/v1/schedules/preview", LARGE_BODY, (request) => {
    const { spec, parameters, count } = readRequest(previewScheduleSchema, request.body, "body");
    const trigger = triggerOf(platform, spec);
    return {
      in_words: describeTrigger(trigger),
      next_slots: !isTimeTrigger(trigger)
        ? []
        : presentNextSlots({ id: "", trigger, catchUp: { kind: "none" } }, parameters?.text ?? "{}", {
            after: now(),
            count,
            maxBytes: platform.maxParameterBytes,
          }),
      clock_change: presentClockChange(trigger, now()),
    };
  });

  app.get("/api/v1/schedules/:id", async (request) =>
    presentScheduleDetail(await findTrigger(platform, request.params), now()),
  );

  app.patch("/api/v1/schedules/:id", LARGE_BODY, async (request) => {
    const trigger = await findLiveTrigger(platform, request.params);
    const body = readRequest(updateScheduleSchema, request.body, "body");
    const { definition, warnings } = await changeSchedule(platform, trigger, body);
    const filesThere = await filesOf(platform, definition.spec);
    const change = await updateTrigger(driver, trigger, { ...definition, filesThere }, now());
    return { ...presentScheduleDetail(changed(change, trigger, definition.name), now()), warnings };
  });

  app.delete("/api/v1/schedules/:id", async (request, reply) => {
    const { id } = readRequest(ONE, request.params, "id");
    if (!(await deleteTrigger(driver, id, now()))) throw scheduleNotFound(id);
    return reply.status(204).send();
  });

  app.get("/api/v1/schedules/:id/slots", async (request) => {
    const { id } = await findTrigger(platform, request.params);
    const { before, limit } = readRequest(listSlotsSchema, request.query, "query");
    const slots = await listSlots(driver, id, { before: before ?? null, limit: limit + 1 });
    return { slots: slots.slice(0, limit).map(presentSlot), next: nextOf(slots, limit) };
  });

  app.post("/api/v1/schedules/:id/pause", async (request) => {
    const { id } = readRequest(ONE, request.params, "id");
    const { reason = null } = readRequest(pauseScheduleSchema, request.body ?? {}, "body");
    const trigger = await pauseTrigger(driver, id, { by: user, reason, now: now() });
    return presentSchedule(trigger ?? notFound(id));
  });

  app.post("/api/v1/schedules/:id/resume", async (request) => {
    const { id, spec } = await findLiveTrigger(platform, request.params);
    const filesThere = await filesOf(platform, spec);
    return presentSchedule((await resumeTrigger(driver, id, now(), filesThere)) ?? notFound(id));
  });

  app.post("/api/v1/schedules/:id/promote", async (request) => {
    const trigger = await findLiveTrigger(platform, request.params);
    if (!runsNotebook(trigger)) throw notOfNotebook(trigger);
    // From the path on, so that what was promoted before is not kept.
    const given = { path: trigger.path, follows: "promoted" as const };
    const { definition } = await changeSchedule(platform, trigger, given);
    const change = await updateTrigger(driver, trigger, definition, now());
    return presentSchedule(changed(change, trigger, definition.name));
  });

  app.get("/api/v1/schedules/:id/diff", async (request) =>
    diffSchedule(platform, await findLiveTrigger(platform, request.params)),
  );

  app.post("/api/v1/schedules/:id/webhook-secret", async (request, reply) => {
    const { id, name, owner, spec } = await findLiveTrigger(platform, request.params);
    if (spec.kind !== "webhook") {
      throw new ServerError(
        "REQUEST_INVALID",
        `schedule "${name}" has no webhook: its spec is of kind ${spec.kind}`,
      );
    }
    const secret = newWebhookSecret();
    await withSecretKeys(driver, async (queries) => {
      const [key] = await platform.secretKeys.read();
      const sealed = seal(secret, webhookSubject({ owner, triggerId: id }), key);
      await setWebhookSecret(queries, { triggerId: id, keyId: key.id, sealed }, now());
    });
    log.info({ schedule_id: id }, "webhook secret made");
    return reply.status(201).send({ path: `/api/v1/hooks/${id}`, secret });
  });

  app.post("/api/v1/schedules/:id/run", async (request, reply) => {
    const trigger = await findLiveTrigger(platform, request.params);
    const body = readRequest(runScheduleSchema, request.body ?? {}, "body");
    const key = readRequest(KEY, request.headers["idempotency-key"] ?? null, "query");
    const slot = body.slot === undefined ? now() : new Date(body.slot);
    const facts = { at: slot, body: body.body?.text ?? null };
    if (!runsNotebook(trigger)) {
      const made = workflowOfSlot(platform, trigger, await workflowOf(platform, trigger), facts);
      const started = await startWorkflowByHand(driver, trigger, {
        slotId: newId(),
        slot,
        run: {
          ...made,
          idempotencyKey: key,
          requestSha256: body.slot === undefined && body.body === undefined ? trigger.id : made.requestSha256,
        },
        advancing: platform.advancing,
      });
      if (started === null) throw scheduleNotFound(trigger.id);
      if (started.kind === "key-reused") throw keyReused(key, started.run.id);
      void reply.status(201).header("location", `/api/v1/workflow-runs/${started.run.id}`);
      return presentWorkflowRun(started.run);
    }
    const made = startOfSlot(platform, trigger, await sourceOf(platform, trigger), facts);
    const asked = ({ requestSha256 }: NewRun): Pick<NewRun, "idempotencyKey" | "requestSha256"> => ({
      idempotencyKey: key,
      requestSha256: body.slot === undefined && body.body === undefined ? trigger.id : requestSha256,
    });
    const place = { slotId: newId(), slot };
    const submitted =
      "run" in made
        ? await startByHand(driver, trigger, { ...place, run: { ...made.run, ...asked(made.run) } })
        : await startSweepByHand(driver, trigger, {
            ...place,
            sweep: { ...made.sweep, run: { ...made.sweep.run, ...asked(made.sweep.run) } },
          });
    if (submitted === null) throw scheduleNotFound(trigger.id);
    if (submitted.kind === "key-reused") throw keyReused(key, submitted.run.id);
    void reply.status(201).header("location", `/api/v1/runs/${submitted.run.id}`);
    return presentRun(submitted.run);
  });
}

function changed(change: TriggerChange, { id }: StoredTrigger, name: string): StoredTrigger {
  switch (change.kind) {
    case "changed":
      return change.trigger;
    case "missing":
      return notFound(id);
    case "name-taken":
      throw nameTaken(name);
    case "changed-before":
      throw new ServerError("SCHEDULE_CHANGED", `schedule "${id}" has been changed meanwhile; try again`, {
        details: { id },
      });
  }
}

function keyReused(key: string | null, runId: string): ServerError {
  return new ServerError(
    "IDEMPOTENCY_KEY_REUSED",
    `the key "${key}" has started run ${runId}, of something else; use a new key for a new run`,
    { details: { run_id: runId } },
  );
}

function notOfNotebook({ name }: StoredTrigger): ServerError {
  return new ServerError(
    "REQUEST_INVALID",
    `schedule "${name}" starts a workflow, whose active version counts; apply or activate a version of it`,
  );
}

function notFound(id: string): never {
  throw scheduleNotFound(id);
}

function nameTaken(name: string): ServerError {
  return new ServerError("SCHEDULE_NAME_TAKEN", `there is a schedule named "${name}"; give another name`, {
    details: { name },
  });
}
