import { expect, it } from "vitest";
import type { FinalStatus, Trigger } from "@notemill/schedules";
import {
  addEventSlot,
  type AddedEvent,
  deleteTrigger,
  type Driver,
  dueTriggers,
  dueWatches,
  followEnded,
  listSlots,
  noteFiles,
  pauseTrigger,
  isPlainWebhook,
  type PlainWebhook,
  readWebhookSecret,
  sealWebhooks,
  resumeTrigger,
  setWebhookSecret,
  type StoredWebhook,
  type SeenFile,
  type StoredTrigger,
} from "../src/index.ts";

/** What the contract needs of the tests around it. */
export interface EventsContractOptions {
  readonly drivers: () => readonly [Driver, Driver];
  readonly at: (seconds: number) => Date;
  readonly newId: () => string;
  readonly create: (spec: Trigger, filesThere?: readonly SeenFile[]) => Promise<StoredTrigger>;
  /** Fires what is due of a trigger, and gives the runs that started. */
  readonly fire: (trigger: StoredTrigger, seconds: number) => Promise<readonly string[]>;
  /** Cancels a run that waits. */
  readonly endRun: (runId: string, seconds: number) => Promise<void>;
}

/** What triggers of events have to do. */
export function eventsContract(options: EventsContractOptions): void {
  const { drivers, at, newId, create, fire, endRun } = options;
  const states = async ({ id }: StoredTrigger): Promise<string> => {
    const slots = await listSlots(drivers()[0], id, { limit: 100 });
    return slots
      .toReversed()
      .map(
        ({ state, skipped, body }) =>
          `${skipped === null ? state : (JSON.parse(skipped) as { code: string }).code} ${body}`,
      )
      .join(", ");
  };

  it("makes one slot of a delivery, however often and wherever it comes", async () => {
    const trigger = await create({ kind: "webhook" });
    const send = (key: string, which: 0 | 1 = 0): Promise<AddedEvent> =>
      addEventSlot(drivers()[which], {
        id: newId(),
        triggerId: trigger.id,
        slot: at(10),
        key,
        body: '{"n": 1.0}',
        now: at(10),
      });
    const sent = await Promise.all([send("a"), send("a", 1), send("b"), send("a")]);
    expect(sent.map(({ kind }) => kind).toSorted()).toEqual(["added", "added", "known", "known"]);
    expect((await dueTriggers(drivers()[0], { now: at(10), limit: 100 })).map(({ id }) => id)).toContain(
      trigger.id,
    );
    expect(await fire(trigger, 10)).toHaveLength(2);
    expect(await states(trigger)).toBe('started {"n": 1.0}, started {"n": 1.0}');
    await pauseTrigger(drivers()[0], trigger.id, { by: "ann", reason: null, now: at(11) });
    expect(await send("c")).toMatchObject({ kind: "added" });
    expect(await states(trigger)).toContain("SLOT_PAUSED");

    const { id: triggerId } = trigger;
    const [driver] = drivers();
    // As an early version has left it.
    await driver.query(
      "insert into trigger_webhook (trigger_id, secret, created_at) values ($1, 'plain', $2)",
      [triggerId, at(12)],
    );
    const sealing = (keyId: string) => ({
      keyId,
      seal: (webhook: StoredWebhook | PlainWebhook) =>
        `${isPlainWebhook(webhook) ? webhook.secret : webhook.sealed} by ${keyId}`,
    });
    const sealed = (): Promise<unknown> => readWebhookSecret(driver, triggerId);
    expect(await sealWebhooks(driver, { kind: "plain" }, sealing("k1"))).toBe(1);
    expect(await sealWebhooks(driver, { kind: "plain" }, sealing("k2"))).toBe(0);
    expect(await sealed()).toMatchObject({ owner: "ann", keyId: "k1", sealed: "plain by k1", secret: null });
    expect(await sealWebhooks(driver, { kind: "not-by", keyId: "k1" }, sealing("k1"))).toBe(0);
    expect(await sealWebhooks(driver, { kind: "not-by", keyId: "k2" }, sealing("k2"))).toBe(1);
    expect(await sealed()).toMatchObject({ keyId: "k2", sealed: "plain by k1 by k2" });
    await setWebhookSecret(driver, { triggerId, keyId: "k3", sealed: "another" }, at(13));
    expect(await sealed()).toMatchObject({ keyId: "k3", sealed: "another" });
    await deleteTrigger(drivers()[0], trigger.id, at(14));
    expect(await readWebhookSecret(drivers()[0], trigger.id)).toBeNull();
    expect(await send("d")).toEqual({ kind: "missing" });
  });

  it("follows the runs of a trigger and of a notebook by how they ended, each once", async () => {
    const upstream = await create({ kind: "once", at: at(100).getTime() });
    const after = (
      more: { triggerId?: string; path?: string },
      outcomes: readonly FinalStatus[],
    ): Promise<StoredTrigger> => create({ kind: "after", path: null, triggerId: null, ...more, outcomes });
    const followers = [
      await after({ triggerId: upstream.id }, ["cancelled"]),
      await after({ path: "/home/ann/a.ipynb" }, ["failed", "cancelled"]),
      await after({ path: "/home/ann/a.ipynb" }, ["succeeded"]),
      await after({ path: "/home/ann/b.ipynb" }, ["cancelled"]),
    ];
    const [runId = ""] = await fire(upstream, 100);
    await endRun(runId, 101);
    const follow = (which: 0 | 1): Promise<boolean> => followEnded(drivers()[which], { now: at(102), newId });
    const followed = await Promise.all([follow(0), follow(1), follow(0)]);
    expect(followed.filter(Boolean)).toHaveLength(1);
    const body = { run_id: runId, path: "/home/ann/a.ipynb", status: "cancelled", schedule_id: upstream.id };
    const expected = `waiting ${JSON.stringify(body).slice(0, -1)},"parameters":{"x": 1.0}}`;
    expect(await Promise.all(followers.map(states))).toEqual([expected, expected, "", ""]);
    const [slot] = await listSlots(drivers()[0], followers[0]?.id ?? "", { limit: 1 });
    // It stands for the instant that it follows.
    expect(slot?.slot).toEqual(at(100));
    for (const { id } of [upstream, ...followers]) await deleteTrigger(drivers()[0], id, at(103));
  });

  it("ends a circle of triggers that follow each other", async () => {
    const spec = {
      kind: "after",
      path: "/home/ann/a.ipynb",
      triggerId: null,
      outcomes: ["cancelled"],
    } as const;
    const [trigger, beginning] = [await create(spec), await create({ kind: "once", at: at(200).getTime() })];
    let runs = await fire(beginning, 200);
    for (let count = 0; runs.length > 0 && count < 50; count += 1) {
      for (const runId of runs) await endRun(runId, 201);
      await followEnded(drivers()[0], { now: at(202), newId });
      runs = await fire(trigger, 202);
    }
    const ended = (await states(trigger)).match(/over|started|SLOT_CIRCLE/g);
    expect([ended?.length, ended?.at(-1)]).toEqual([17, "SLOT_CIRCLE"]);
    for (const { id } of [trigger, beginning]) await deleteTrigger(drivers()[0], id, at(203));
  });

  it("fires a version of a file once, when it has stayed the same for long enough", async () => {
    const old = { path: "/shared/in/old.csv", version: "1" };
    const trigger = await create(
      { kind: "file", pattern: "/shared/in/*.csv", everyMs: 10_000, settleMs: 5000 },
      [old],
    );
    const look = async (
      seconds: number,
      ...files: readonly (readonly [string, string])[]
    ): Promise<string> => {
      const seen = files.map(([name, version]) => ({
        path: `/shared/in/${name}.csv`,
        version,
        body: `"${name}${version}"`,
      }));
      await noteFiles(drivers()[0], trigger, { files: seen, now: at(seconds), newId });
      return (await states(trigger)).replaceAll("waiting ", "");
    };
    expect((await dueWatches(drivers()[0], at(1))).map(({ id }) => id)).toEqual([trigger.id]);
    expect(await dueWatches(drivers()[1], at(10))).toEqual([]);
    expect((await dueWatches(drivers()[1], at(11))).map(({ id }) => id)).toEqual([trigger.id]);

    expect(await look(20, ["old", "1"], ["new", "1"])).toBe("");
    // It is still being written.
    expect(await look(24, ["old", "1"], ["new", "2"])).toBe("");
    expect(await look(28, ["old", "1"], ["new", "2"])).toBe("");
    expect(await look(29, ["old", "1"], ["new", "2"])).toBe('"new2"');
    expect(await look(50, ["old", "1"], ["new", "2"])).toBe('"new2"');
    await look(51, ["old", "2"], ["new", "2"]);
    expect(await look(60, ["old", "2"])).toBe('"new2", "old2"');
    // What comes back as it was has had its slot.
    await look(61, ["old", "2"], ["new", "2"]);
    expect(await look(70, ["old", "2"], ["new", "2"])).toBe('"new2", "old2"');

    await pauseTrigger(drivers()[0], trigger.id, { by: "ann", reason: null, now: at(71) });
    expect(await dueWatches(drivers()[0], at(99))).toEqual([]);
    await resumeTrigger(drivers()[0], trigger.id, at(100), [{ path: "/shared/in/pause.csv", version: "1" }]);
    expect(await look(120, ["pause", "1"])).toBe('"new2", "old2"');
    await deleteTrigger(drivers()[0], trigger.id, at(121));
  });
}
