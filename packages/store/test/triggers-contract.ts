import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type {
  CatchUpPolicy,
  ConcurrencyPolicy,
  RunSettings,
  TimeTrigger,
  Trigger,
} from "@notemill/schedules";
import { ADVANCING } from "./core.ts";
import { expectNoOrphans } from "./orphans.ts";
import {
  cancelRun,
  createTrigger,
  deleteTrigger,
  type Driver,
  dueTriggers,
  type FireOptions,
  type RunOfSlot,
  fireTrigger,
  fireTriggers,
  getTrigger,
  listChildren,
  lastSlots,
  listSlots,
  listTriggers,
  migrate,
  nextDueTrigger,
  pauseTrigger,
  resumeTrigger,
  type SeenFile,
  startByHand,
  triggerOfRun,
  type StoredTrigger,
  updateTrigger,
} from "../src/index.ts";
import { backfillsContract } from "./backfills-contract.ts";
import { deliveriesContract } from "./deliveries-contract.ts";
import { eventsContract } from "./events-contract.ts";

const START = Date.parse("2026-11-01T10:00:00.000Z");
const at = (seconds: number): Date => new Date(START + seconds * 1000);
/** Seconds after the start. */
const after = (instant: Date): number => (instant.getTime() - START) / 1000;

let ids = 0;
function newId(): string {
  const text = (++ids).toString(16).padStart(12, "0");
  return `01900000-0000-7000-8000-${text}`;
}

const NO_RETRIES = { retries: 0, backoff: { kind: "fixed", delay_ms: 0 } } as const;
const SETTINGS: RunSettings = {
  timeouts: { queue_ms: null, start_ms: 60_000, cell_ms: null, run_ms: null },
  retry: {
    user: NO_RETRIES,
    platform: NO_RETRIES,
    timeout: NO_RETRIES,
    max_retries: 0,
    jitter: 0,
    never_retry: [],
  },
  keep_kernel_ms: 0,
};
const EVERY_MINUTE: TimeTrigger = { kind: "interval", everyMs: 60_000, anchor: START };

/** What two servers on one database have to do; `open` gives both their drivers, the same one where there can be one only. */
export function triggersContract(name: string, open: () => Promise<readonly [Driver, Driver]>): void {
  describe(name, () => {
    let drivers: readonly [Driver, Driver];
    let driver: Driver;
    beforeAll(async () => {
      drivers = await open();
      [driver] = drivers;
      await migrate(driver, { now: at(0) });
    });
    afterAll(async () => {
      for (const it of new Set(drivers)) {
        await expectNoOrphans(it);
        await it.close();
      }
    });

    let names = 0;
    async function create(
      spec: Trigger = EVERY_MINUTE,
      concurrency: ConcurrencyPolicy = { kind: "parallel", limit: 100 },
      {
        catchUp = { kind: "latest" },
        now = at(1),
        filesThere = [],
        sweep = null,
      }: {
        catchUp?: CatchUpPolicy;
        now?: Date;
        filesThere?: readonly SeenFile[];
        sweep?: string | null;
      } = {},
    ): Promise<StoredTrigger> {
      const trigger = await createTrigger(driver, {
        id: newId(),
        owner: "ann",
        name: `report ${++names}`,
        path: "/home/ann/a.ipynb",
        kernelName: null,
        parameters: '{"x": 1.0}',
        files: ["*.csv"],
        settings: SETTINGS,
        priority: 3,
        tags: ["night"],
        spec,
        catchUp,
        concurrency,
        maxJitterMs: 0,
        graceMs: 60_000,
        sourceHash: null,
        sweep,
        filesThere,
        now,
      });
      if (trigger === null) throw new Error("the name is taken");
      return trigger;
    }
    const options = (seconds: number): FireOptions & { readonly runOf: RunOfSlot } => ({
      now: at(seconds),
      newId,
      runOf: ({ path, owner, parameters, settings, priority, tags }, _slot) => ({
        run: {
          id: newId(),
          attemptId: newId(),
          owner,
          path: path ?? "",
          sourceHash: "s1",
          kernelName: null,
          parameters,
          idempotencyKey: null,
          requestSha256: "r",
          settings,
          priority,
          tags,
          rerunOf: null,
          now: at(seconds),
        },
      }),
    });
    const fire = (trigger: StoredTrigger, seconds: number): ReturnType<typeof fireTrigger> =>
      fireTrigger(driver, trigger, options(seconds));
    /** Oldest first: the second of the slot, and what became of it. */
    async function story({ id }: StoredTrigger): Promise<string> {
      const slots = await listSlots(driver, id, { limit: 100 });
      return slots
        .toReversed()
        .map(({ slot, state, isByHand }) => `${isByHand ? "hand" : after(slot)} ${state}`)
        .join(", ");
    }
    const next = async ({ id }: StoredTrigger): Promise<number | null> => {
      const date = (await getTrigger(driver, id))?.nextFireAt ?? null;
      return date && after(date);
    };
    async function endRun(runId: string | undefined, seconds: number): Promise<void> {
      await cancelRun(driver, runId ?? "", {
        failure: null,
        now: at(seconds),
        nextAttemptId: newId(),
        advancing: ADVANCING,
        form: {
          events: { name: "events.jsonl", text: () => "" },
          directory: ({ id }) => id,
          manifest: ({ seq }) => String(seq),
        },
      });
    }

    it("fires a slot with its run, and knows when the next one comes", async () => {
      const trigger = await create();
      expect(after((await nextDueTrigger(driver)) ?? at(-1))).toBe(60);
      expect(await dueTriggers(driver, { now: at(59), limit: 10 })).toEqual([]);
      expect(await fire(trigger, 59)).toBeNull();
      expect(await dueTriggers(driver, { now: at(60), limit: 10 })).toMatchObject([
        { id: trigger.id, live: 0 },
      ]);
      const fired = await fire(trigger, 60);
      expect(fired).toMatchObject({ skipped: 0, hasMissed: false, toCancel: [] });
      const [slot] = await listSlots(driver, trigger.id, { limit: 10 });
      expect(slot).toMatchObject({
        slot: at(60),
        state: "started",
        runStatus: "queued",
        runId: fired?.started[0],
      });
      const quiet = await create();
      const last = await lastSlots(driver, [quiet.id, newId(), trigger.id]);
      expect([...last]).toEqual([[trigger.id, slot]]);
      expect(await lastSlots(driver, [])).toEqual(new Map());
      expect(
        await driver.query("select 1 from ready join attempt on attempt.id = attempt_id where run_id = $1", [
          fired?.started[0] ?? null,
        ]),
      ).toHaveLength(1);
      expect(await next(trigger)).toBe(120);
      expect(await fire(trigger, 60)).toBeNull();
      await deleteTrigger(driver, trigger.id, at(61));
    });

    it("fires a slot with a sweep where it has values for one, and tells whose slot a run of it is", async () => {
      const trigger = await create(EVERY_MINUTE, undefined, { sweep: '{"grid":{"x":[1.0,2.0]}}' });
      expect((await getTrigger(driver, trigger.id))?.sweep).toBe('{"grid":{"x":[1.0,2.0]}}');
      const children = [1, 2].map((x) => ({
        runId: newId(),
        attemptId: newId(),
        parameters: `{"x":${x}.0}`,
      }));
      const { runOf, ...rest } = options(60);
      const asSweep: RunOfSlot = (current, slot) => {
        const made = runOf?.(current, slot);
        if (made === undefined || !("run" in made)) throw new Error("there is a run");
        const run = { ...made.run, settings: SETTINGS };
        return { sweep: { run, concurrency: 1, stopOnFailure: false, childSettings: SETTINGS, children } };
      };
      const fired = await fireTrigger(driver, trigger, { ...rest, runOf: asSweep });
      const [slot] = await listSlots(driver, trigger.id, { limit: 10 });
      expect(slot).toMatchObject({ state: "started", runStatus: "running", runId: fired?.started[0] });
      const [first] = await listChildren(driver, slot?.runId ?? "", { after: -1, limit: 10 });
      expect(await triggerOfRun(driver, first?.runId ?? "")).toMatchObject({ id: trigger.id, slot: at(60) });
      await deleteTrigger(driver, trigger.id, at(61));
      await endRun(first?.runId ?? "", 61);
    });

    it("starts one sweep of a trigger per firing, and looks at the slots that wait a second later", async () => {
      const trigger = await create(EVERY_MINUTE, undefined, {
        sweep: '{"grid":{"x":[1.0]}}',
        catchUp: { kind: "all", cap: 100 },
      });
      let asked = 0;
      const fireSweeps = (seconds: number): ReturnType<typeof fireTrigger> => {
        const { runOf, ...rest } = options(seconds);
        const asSweep: RunOfSlot = (current, slot) => {
          asked += 1;
          if (after(slot.at) === 120) return { skipped: { code: "NO", message: "no" } };
          const made = runOf?.(current, slot);
          if (made === undefined || !("run" in made)) throw new Error("there is a run");
          const children = [{ runId: newId(), attemptId: newId(), parameters: '{"x":1.0}' }];
          return {
            sweep: { run: made.run, concurrency: 1, stopOnFailure: false, childSettings: SETTINGS, children },
          };
        };
        return fireTrigger(driver, trigger, { ...rest, runOf: asSweep });
      };
      expect((await fireSweeps(180))?.started).toHaveLength(1);
      expect(await story(trigger)).toBe("60 started, 120 waiting, 180 waiting");
      expect(await next(trigger)).toBe(181);
      await fireSweeps(181);
      expect(await story(trigger)).toBe("60 started, 120 skipped, 180 waiting");
      await fireSweeps(182);
      expect(await story(trigger)).toBe("60 started, 120 skipped, 180 started");
      expect([asked, await next(trigger)]).toEqual([3, 240]);
      await deleteTrigger(driver, trigger.id, at(183));
      for (const { runId } of await listSlots(driver, trigger.id, { limit: 10 })) {
        const [child] = runId === null ? [] : await listChildren(driver, runId, { after: -1, limit: 1 });
        if (child !== undefined) await endRun(child.runId ?? "", 183);
      }
    });

    it("fires each slot once, however many servers try at once", async () => {
      const triggers = await Promise.all(Array.from({ length: 5 }, () => create()));
      for (const seconds of [60, 120, 180]) {
        const tries = triggers.flatMap((trigger) =>
          [0, 1, 0, 1].map((which) => fireTrigger(drivers[which] ?? driver, trigger, options(seconds))),
        );
        const fired = (await Promise.all(tries)).filter((it) => it !== null);
        expect(fired.flatMap(({ started }) => started)).toHaveLength(5);
      }
      for (const trigger of triggers) {
        expect(await story(trigger)).toBe("60 started, 120 started, 180 started");
        await deleteTrigger(driver, trigger.id, at(181));
      }
    });

    it("fires many in one transaction, all or none, and leaves out what is not as it was seen", async () => {
      const [one, other, changed] = [await create(), await create(), await create()];
      const { runOf } = options(60);
      await fire(other, 60);
      const firings = [one, other, { ...changed, version: 99 }].map((trigger) => ({ trigger, runOf }));
      const failing = (): never => {
        throw new Error("a disk is full");
      };
      const broken = [...firings, { trigger: changed, runOf: failing }].filter((_, at) => at !== 2);
      await expect(fireTriggers(driver, broken, options(120))).rejects.toThrow("a disk is full");
      expect(await story(one)).toBe("");

      const fired = await fireTriggers(driver, firings, options(120));
      expect(fired.map((it) => it && [it.started.length, it.skipped])).toEqual([[2, 0], [1, 0], null]);
      expect(await story(one)).toBe("60 started, 120 started");
      expect(await story(other)).toBe("60 started, 120 started");
      expect([await next(one), await next(other), await next(changed)]).toEqual([180, 180, 60]);
      for (const trigger of [one, other, changed]) await deleteTrigger(driver, trigger.id, at(121));
    });

    it("makes the newest missed slot good after an outage, and no other", async () => {
      const trigger = await create({ kind: "interval", everyMs: 600_000, anchor: START });
      expect(await fire(trigger, 2000)).toMatchObject({ started: [expect.any(String)], hasMissed: true });
      expect(await story(trigger)).toBe("1800 started");
      expect(await next(trigger)).toBe(2400);
      await deleteTrigger(driver, trigger.id, at(2001));
    });

    it("lets slots wait for their turn", async () => {
      const trigger = await create(EVERY_MINUTE, { kind: "sequential" });
      const first = await fire(trigger, 60);
      expect(await fire(trigger, 120)).toMatchObject({ started: [], skipped: 0 });
      expect(await story(trigger)).toBe("60 started, 120 waiting");
      // Somebody looks again in a second.
      expect(await next(trigger)).toBe(121);
      await endRun(first?.started[0], 121);
      expect(await fire(trigger, 122)).toMatchObject({ started: [expect.any(String)] });
      expect(await story(trigger)).toBe("60 over, 120 started");
      expect(await next(trigger)).toBe(180);
      await deleteTrigger(driver, trigger.id, at(122));
    });

    it("leaves out what comes while a run is under way, or ends that run", async () => {
      const polite = await create(EVERY_MINUTE, { kind: "first_only" });
      await fire(polite, 60);
      expect(await fire(polite, 120)).toMatchObject({ started: [], skipped: 1 });
      expect(await story(polite)).toBe("60 started, 120 skipped");
      const [slot] = await listSlots(driver, polite.id, { limit: 1 });
      expect(JSON.parse(slot?.skipped ?? "")).toMatchObject({ code: "SLOT_BUSY" });
      await deleteTrigger(driver, polite.id, at(121));

      const rude = await create(EVERY_MINUTE, { kind: "last_only" });
      const first = await fire(rude, 60);
      expect(await fire(rude, 120)).toMatchObject({ started: [], toCancel: first?.started });
      await endRun(first?.started[0], 120);
      await fire(rude, 121);
      expect(await story(rude)).toBe("60 over, 120 started");
      await deleteTrigger(driver, rude.id, at(121));
    });

    it("keeps the reason of a slot that can have no run, and a slot whose run cannot be made yet", async () => {
      const trigger = await create();
      const skipped = { code: "NOTEBOOK_NOT_FOUND", message: "gone" };
      await fireTrigger(driver, trigger, { ...options(60), runOf: () => ({ skipped }) });
      const [slot] = await listSlots(driver, trigger.id, { limit: 1 });
      expect(JSON.parse(slot?.skipped ?? "")).toEqual(skipped);
      await fireTrigger(driver, trigger, { ...options(120), runOf: null });
      expect(await story(trigger)).toBe("60 skipped, 120 waiting");
      await fire(trigger, 121);
      expect(await story(trigger)).toBe("60 skipped, 120 started");
      await deleteTrigger(driver, trigger.id, at(121));
    });

    it("stops for a pause with who and why, and goes on from the resume", async () => {
      const trigger = await create();
      expect(
        await pauseTrigger(driver, trigger.id, { by: "ann", reason: "month end", now: at(30) }),
      ).toMatchObject({
        pausedAt: at(30),
        pausedBy: "ann",
        pausedReason: "month end",
        nextFireAt: null,
      });
      await pauseTrigger(driver, trigger.id, { by: "bob", reason: null, now: at(40) });
      expect(await fire(trigger, 60)).toBeNull();
      expect(await resumeTrigger(driver, trigger.id, at(500))).toMatchObject({
        pausedAt: null,
        pausedBy: null,
      });
      expect(await next(trigger)).toBe(540);
      await fire(trigger, 540);
      expect(await story(trigger)).toBe("540 started");
      await deleteTrigger(driver, trigger.id, at(541));
    });

    it("is changed as a whole by one at a time, and goes on from there with another spec", async () => {
      const trigger = await create();
      const other = await create();
      const change = (to: Partial<StoredTrigger>): ReturnType<typeof updateTrigger> =>
        updateTrigger(driver, trigger, { ...trigger, ...to }, at(130));
      expect(await change({ name: other.name })).toEqual({ kind: "name-taken" });
      const spec: TimeTrigger = { kind: "once", at: START + 300_000 };
      expect(await change({ spec, parameters: "{}" })).toMatchObject({
        kind: "changed",
        trigger: {
          version: 2,
          spec,
          watermark: at(130),
          nextFireAt: at(300),
          files: ["*.csv"],
          settings: SETTINGS,
          priority: 3,
          tags: ["night"],
        },
      });
      expect(await change({ name: "late" })).toEqual({ kind: "changed-before" });
      // A server that has read the first version does not fire the second.
      expect(await fire(trigger, 300)).toBeNull();
      expect(await fire({ ...trigger, spec, version: 2 }, 300)).toMatchObject({
        started: [expect.any(String)],
      });
      expect(await next(trigger)).toBeNull();
      for (const { id } of [trigger, other]) await deleteTrigger(driver, id, at(301));
      expect(await change({})).toEqual({ kind: "missing" });
    });

    it("starts by hand beside its slots, and keeps its history when it is deleted", async () => {
      const trigger = await create(EVERY_MINUTE, { kind: "sequential" });
      const made = options(30).runOf?.(trigger, { at: at(30), body: null });
      if (made === undefined || !("run" in made)) throw new Error("there is no run");
      const run = { ...made.run, idempotencyKey: "once" };
      const byHand = { slotId: newId(), slot: at(60), run };
      const started = await startByHand(driver, trigger, byHand);
      expect(started?.kind).toBe("created");
      const again = { ...byHand, slotId: newId(), run: { ...run, id: newId(), attemptId: newId() } };
      expect((await startByHand(driver, trigger, again))?.kind).toBe("known");
      await fire(trigger, 60);
      expect(await story(trigger)).toBe("hand started, 60 waiting");
      expect(await deleteTrigger(driver, trigger.id, at(61))).toBe(true);
      expect(await deleteTrigger(driver, trigger.id, at(62))).toBe(false);
      expect(await startByHand(driver, trigger, { ...byHand, slotId: newId() })).toBeNull();
      expect(await listTriggers(driver, { name: trigger.name, limit: 10 })).toEqual([]);
      expect(await getTrigger(driver, trigger.id)).toMatchObject({ deletedAt: at(61), nextFireAt: null });
      expect(await story(trigger)).toBe("hand started, 60 waiting");
    });

    it.each([
      ["Europe/London", "30 1 * * *", "2026-03-27T12", "03-28T01:30 03-29T01:00 03-30T00:30"],
      ["Europe/London", "30 1 * * *", "2026-10-23T12", "10-24T00:30 10-25T00:30 10-26T01:30"],
      ["America/New_York", "30 2 * * *", "2026-03-06T12", "03-07T07:30 03-08T07:00 03-09T06:30"],
      ["America/New_York", "30 1 * * *", "2026-10-30T12", "10-31T05:30 11-01T05:30 11-02T06:30"],
      ["Australia/Lord_Howe", "15 2 * * *", "2026-10-01T20", "10-02T15:45 10-03T15:30 10-04T15:15"],
      ["Australia/Lord_Howe", "45 1 * * *", "2026-04-02T20", "04-03T14:45 04-04T14:45 04-05T15:15"],
    ])(
      "fires in %s at %s over a change of clocks, when due and after an outage",
      async (zone, cron, start, slots) => {
        const spec: TimeTrigger = { kind: "cron", cron, timeZone: zone };
        const now = new Date(`${start}:00:00Z`);
        const many: ConcurrencyPolicy = { kind: "parallel", limit: 100 };
        const short = async ({ id }: StoredTrigger): Promise<string> => {
          const found = await listSlots(driver, id, { limit: 100 });
          return found
            .toReversed()
            .map(({ slot }) => slot.toISOString().slice(5, 16))
            .join(" ");
        };
        const punctual = await create(spec, many, { now });
        for (let count = 0; count < 3; count += 1) {
          const due = (await getTrigger(driver, punctual.id))?.nextFireAt ?? now;
          await fireTrigger(driver, punctual, { ...options(0), now: due });
        }
        expect(await short(punctual)).toBe(slots);
        const away = await create(spec, many, { now, catchUp: { kind: "all", cap: 3 } });
        const back = new Date(now.getTime() + 3.2 * 86_400_000);
        expect(await fireTrigger(driver, away, { ...options(0), now: back })).toMatchObject({
          hasMissed: false,
        });
        expect(await short(away)).toBe(slots);
        for (const { id } of [punctual, away]) await deleteTrigger(driver, id, back);
      },
    );

    backfillsContract({ drivers: () => drivers, at, newId, settings: SETTINGS, create: () => create() });
    eventsContract({
      drivers: () => drivers,
      at,
      newId,
      create: (spec, filesThere = []) => create(spec, undefined, { filesThere }),
      fire: async (trigger, seconds) => (await fire(trigger, seconds))?.started ?? [],
      endRun,
    });
    deliveriesContract({
      drivers: () => drivers,
      at,
      newId,
      create: (spec) => create(spec),
      fire: async (trigger, seconds) => (await fire(trigger, seconds))?.started ?? [],
      endRun,
    });
  });
}
