import { expect, it } from "vitest";
import type { RunSettings } from "@notemill/schedules";
import { ADVANCING } from "./core.ts";
import {
  advanceBackfill,
  cancelBackfill,
  cancelRun,
  createBackfill,
  type CreatedBackfill,
  type Driver,
  getBackfill,
  listBackfills,
  listBackfillSlots,
  openBackfills,
  pauseBackfill,
  resumeBackfill,
  type StoredBackfill,
  type StoredTrigger,
  succeededSlots,
} from "../src/index.ts";

/** What the contract needs of the tests around it. */
export interface BackfillsContractOptions {
  /** Two of them where the database allows. */
  readonly drivers: () => readonly [Driver, Driver];
  readonly at: (seconds: number) => Date;
  readonly newId: () => string;
  readonly settings: RunSettings;
  readonly create: () => Promise<StoredTrigger>;
}

/** What backfills have to do. */
export function backfillsContract({ drivers, at, newId, settings, create }: BackfillsContractOptions): void {
  const days = ["01", "02", "03", "04", "05"].map((day) => new Date(`2026-03-${day}T06:00:00Z`));
  const range = { from: new Date("2026-03-01T00:00:00Z"), until: new Date("2026-03-06T00:00:00Z") };

  async function make(triggerId: string, concurrency: number, slots = days): Promise<CreatedBackfill> {
    return createBackfill(drivers()[0], {
      id: newId(),
      owner: "ann",
      triggerId,
      ...range,
      concurrency,
      path: "/home/ann/a.ipynb",
      kernelName: null,
      sourceHash: "s1",
      workflowId: null,
      sweep: null,
      workflowVersion: null,
      settings,
      priority: 0,
      tags: ["again"],
      slots: slots.map((slot) => ({
        slot,
        parameters: `{"day": "${slot.toISOString().slice(0, 10)}", "x": 1.0}`,
        occasion: null,
      })),
      now: at(0),
    });
  }
  const idOf = (created: CreatedBackfill): string => {
    if (created.kind !== "created") throw new Error(created.kind);
    return created.backfill.id;
  };
  const advance = (id: string, seconds: number, which: 0 | 1 = 0): ReturnType<typeof advanceBackfill> =>
    advanceBackfill(drivers()[which], id, {
      now: at(seconds),
      runOf: ({ owner, path, sourceHash, priority, tags }: StoredBackfill, { parameters }) => ({
        run: {
          id: newId(),
          attemptId: newId(),
          owner,
          path: path ?? "",
          sourceHash: sourceHash ?? "",
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
  /** Day and state, oldest first. */
  async function story(id: string): Promise<string> {
    const slots = await listBackfillSlots(drivers()[0], id, { limit: 100 });
    return slots.map(({ slot, state }) => `${slot.toISOString().slice(8, 10)} ${state}`).join(", ");
  }
  async function endRun(runId: string | undefined, seconds: number): Promise<void> {
    const form = {
      events: { name: "events.jsonl", text: () => "" },
      directory: ({ id }: { id: string }) => id,
      manifest: ({ seq }: { seq: number }) => String(seq),
    };
    await cancelRun(drivers()[0], runId ?? "", {
      failure: null,
      now: at(seconds),
      nextAttemptId: newId(),
      advancing: ADVANCING,
      form,
    });
  }

  it("runs a backfill's slots oldest first, so many at a time, each once, whoever tries", async () => {
    const { id: triggerId } = await create();
    const id = idOf(await make(triggerId, 2));
    expect(await openBackfills(drivers()[0])).toContain(id);
    const tries = await Promise.all(([0, 1, 0, 1] as const).map((which) => advance(id, 1, which)));
    const started = tries.flatMap((it) => it?.started ?? []);
    expect(started).toHaveLength(2);
    expect(await story(id)).toBe("01 started, 02 started, 03 waiting, 04 waiting, 05 waiting");
    const [first] = await listBackfillSlots(drivers()[0], id, { limit: 1 });
    expect(first).toMatchObject({ runStatus: "queued", parameters: '{"day": "2026-03-01", "x": 1.0}' });

    await endRun(first?.runId ?? "", 2);
    expect((await advance(id, 3))?.started).toHaveLength(1);
    expect(await story(id)).toBe("01 over, 02 started, 03 started, 04 waiting, 05 waiting");

    await pauseBackfill(drivers()[0], id, at(4));
    const second = await listBackfillSlots(drivers()[0], id, { after: days[0] ?? null, limit: 1 });
    await endRun(second[0]?.runId ?? "", 4);
    expect((await advance(id, 5))?.started).toEqual([]);
    await resumeBackfill(drivers()[0], id);
    for (let count = 0; count < 9; count += 1) {
      const slots = await listBackfillSlots(drivers()[0], id, { limit: 100 });
      for (const { runId, state } of slots) if (state === "started") await endRun(runId ?? "", 6);
      if ((await advance(id, 7))?.isOver !== false) break;
    }
    expect(await getBackfill(drivers()[0], id)).toMatchObject({
      counts: { cancelled: 5 },
      finishedAt: at(7),
    });
    expect(await advance(id, 8)).toBeNull();
    expect(await openBackfills(drivers()[0])).not.toContain(id);
  });

  it("cancels a backfill: nothing starts any more, and what runs is named until it is over", async () => {
    const { id: triggerId } = await create();
    const id = idOf(await make(triggerId, 1));
    const started = (await advance(id, 1))?.started;
    await cancelBackfill(drivers()[0], id, { by: "ann", now: at(2) });
    await cancelBackfill(drivers()[0], id, { by: "bob", now: at(3) });
    expect(await advance(id, 4)).toEqual({
      started: [],
      toCancel: started,
      workflowRunsToCancel: [],
      isOver: false,
    });
    expect(await story(id)).toBe("01 started, 02 cancelled, 03 cancelled, 04 cancelled, 05 cancelled");
    await endRun(started?.[0], 5);
    expect(await advance(id, 6)).toMatchObject({ started: [], toCancel: [], isOver: true });
    const [only] = await listBackfills(drivers()[0], triggerId, { limit: 10 });
    expect(only).toMatchObject({ cancelledBy: "ann", cancelledAt: at(2), counts: { cancelled: 5 } });
  });

  it("has one backfill of a range at a time, and knows what has succeeded", async () => {
    const { id: triggerId } = await create();
    const [one, other] = await Promise.all([make(triggerId, 1), make(triggerId, 1)]);
    expect([one.kind, other.kind].toSorted()).toEqual(["created", "overlaps"]);
    expect(await make(newId(), 1)).toEqual({ kind: "missing" });
    const [backfill] = await listBackfills(drivers()[0], triggerId, { limit: 10 });
    const started = (await advance(backfill?.id ?? "", 1))?.started;
    expect(await succeededSlots(drivers()[0], triggerId, range)).toEqual([]);
    await drivers()[0].query("update run set status = 'succeeded' where id = $1", [started?.[0] ?? null]);
    expect(await succeededSlots(drivers()[0], triggerId, range)).toEqual(days.slice(0, 1));
    expect(await succeededSlots(drivers()[0], triggerId, { ...range, from: days[1] ?? at(0) })).toEqual([]);
  });
}
