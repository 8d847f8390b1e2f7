import { expect, it } from "vitest";
import type { TimeTrigger } from "@notemill/schedules";
import {
  changeRules,
  claimMessages,
  type DeliveryRule,
  type Driver,
  fireTrigger,
  forgetMessages,
  getTrigger,
  listMessages,
  noteSending,
  postOverdue,
  readRules,
  retryMessage,
  stallTrigger,
  type StoredTrigger,
} from "../src/index.ts";

/** What the contract needs of the tests around it. */
export interface DeliveriesContractOptions {
  readonly drivers: () => readonly [Driver, Driver];
  readonly at: (seconds: number) => Date;
  readonly newId: () => string;
  readonly create: (spec: TimeTrigger) => Promise<StoredTrigger>;
  readonly fire: (trigger: StoredTrigger, seconds: number) => Promise<readonly string[]>;
  /** Cancels a run that waits. */
  readonly endRun: (runId: string, seconds: number) => Promise<void>;
}

/** What the outbox has to do. */
export function deliveriesContract(options: DeliveriesContractOptions): void {
  const { drivers, at, newId, create, fire, endRun } = options;
  const once = (seconds: number): TimeTrigger => ({ kind: "once", at: at(seconds).getTime() });
  const rule = (on: DeliveryRule["on"], afterMs: number | null = null): DeliveryRule => ({
    id: newId(),
    on,
    afterMs,
    how: '{"to": "somebody"}',
  });
  /** Events and states, oldest first. */
  async function told({ id }: StoredTrigger): Promise<string> {
    const messages = await listMessages(drivers()[0], { triggerId: id, limit: 100 });
    return messages
      .toReversed()
      .map(({ event, state }) => `${event} ${state}`)
      .join(", ");
  }

  it("tells of the end of a run once, in the transaction that ends it", async () => {
    const trigger = await create(once(100));
    const rules = [rule(["succeeded", "cancelled"]), rule(["failed"])];
    await changeRules(drivers()[0], trigger.id, () => rules);
    expect(await readRules(drivers()[0], { triggerId: trigger.id })).toEqual(rules);
    const [runId = ""] = await fire(trigger, 100);
    expect(await told(trigger)).toBe("");
    await endRun(runId, 101);
    await endRun(runId, 102);
    expect(await told(trigger)).toBe("cancelled waiting");
    const [message] = await listMessages(drivers()[0], { runId, limit: 10 });
    expect(message).toMatchObject({ rule: rules[0], triggerId: trigger.id, slot: at(100), attempts: 0 });
    await changeRules(drivers()[0], trigger.id, () => []);
    expect(await told(trigger)).toBe("cancelled waiting");
    expect(await changeRules(drivers()[0], newId(), () => rules)).toBeNull();
  });

  it("gives a message to one sender at a time, and to the next when that one is gone", async () => {
    const trigger = await create(once(200));
    await changeRules(drivers()[0], trigger.id, () => [rule(["cancelled"])]);
    await endRun((await fire(trigger, 200))[0] ?? "", 201);
    const claim = async (
      seconds: number,
      which: 0 | 1 = 0,
    ): Promise<{ id: number; attempts: number } | undefined> => {
      const claimed = await claimMessages(drivers()[which], {
        now: at(seconds),
        leaseMs: 10_000,
        limit: 100,
      });
      return claimed.find(({ triggerId }) => triggerId === trigger.id);
    };
    const both = await Promise.all([claim(202), claim(202, 1)]);
    const [first] = both.filter((it) => it !== undefined);
    expect(both.filter((it) => it !== undefined)).toHaveLength(1);
    expect(await claim(211)).toBeUndefined();
    const second = await claim(213, 1);
    expect(second).toEqual({ ...first, attempts: 2, notBefore: at(223) });
    if (first === undefined || second === undefined) throw new Error("nobody has the message");
    // The first one comes back too late to say that it has failed.
    const failed = { kind: "failed", problem: "away", notBefore: at(300) } as const;
    await noteSending(drivers()[0], first, failed, at(214));
    await noteSending(drivers()[0], second, failed, at(214));
    expect(await claim(299)).toBeUndefined();
    const third = await claim(300);
    await noteSending(drivers()[0], third ?? second, { kind: "given-up", problem: "no use" }, at(301));
    expect(await told(trigger)).toBe("cancelled given_up");
    expect(await claim(9000)).toBeUndefined();
    expect(await retryMessage(drivers()[0], second.id, at(302))).toMatchObject({
      state: "waiting",
      attempts: 0,
    });
    const fourth = await claim(302);
    await noteSending(drivers()[0], fourth ?? second, { kind: "sent" }, at(303));
    await retryMessage(drivers()[0], second.id, at(304));
    expect(await told(trigger)).toBe("cancelled sent");
    const forget = (seconds: number) =>
      forgetMessages(drivers()[0], { sentBefore: at(seconds), givenUpBefore: at(0), limit: 10 });
    expect(await forget(303)).toBe(0);
    expect(await forget(304)).toBe(1);
  });

  it("says why a trigger cannot be fired, tries it less often, and tells of it once, after a minute", async () => {
    const [driver] = drivers();
    const trigger = await create(once(600));
    await changeRules(driver, trigger.id, () => [rule(["not_started"])]);
    const stall = async (seconds: number, code: string): Promise<boolean> => {
      const current = (await getTrigger(driver, trigger.id)) ?? trigger;
      return stallTrigger(driver, current, { reason: { code, message: "away" }, now: at(seconds) });
    };
    expect([
      await stall(600, "ONE"),
      await stall(601, "ONE"),
      await stall(602, "OTHER"),
      await stall(603, "OTHER"),
    ]).toEqual([true, false, true, false]);
    // Who has seen it as it was before changes nothing.
    const late = { reason: { code: "LATE", message: "" }, now: at(604) };
    expect(await stallTrigger(driver, trigger, late)).toBe(false);
    const since = at(600).toISOString();
    expect(await getTrigger(driver, trigger.id)).toMatchObject({
      stall: { code: "OTHER", message: "away", since, tries: 4 },
      nextFireAt: at(605),
    });
    expect(await told(trigger)).toBe("");
    for (const seconds of [660, 661]) await stall(seconds, "OTHER");
    expect(await told(trigger)).toBe("not_started waiting");
    await fire(trigger, 700);
    expect(await getTrigger(driver, trigger.id)).toMatchObject({ stall: null });
  });

  it("tells once of what is late, has not started, or never will", async () => {
    const trigger = await create(once(400));
    await changeRules(drivers()[0], trigger.id, () => [rule(["late", "not_started", "slow"], 60_000)]);
    const [runId = ""] = await fire(trigger, 400);
    expect(await postOverdue(drivers()[0], at(460))).toBe(0);
    const posted = await Promise.all([
      postOverdue(drivers()[0], at(461)),
      postOverdue(drivers()[1], at(461)),
    ]);
    expect(posted[0] + posted[1]).toBe(2);
    expect(await told(trigger)).toBe("late waiting, not_started waiting");
    await endRun(runId, 470);
    expect(await postOverdue(drivers()[0], at(900))).toBe(0);
    expect(await told(trigger)).toBe("late waiting, not_started waiting");

    const impossible = await create(once(500));
    await changeRules(drivers()[0], impossible.id, () => [rule(["not_started"], 60_000)]);
    const skipped = { code: "NOTEBOOK_NOT_FOUND", message: "gone" };
    const now = at(500);
    await fireTrigger(drivers()[0], impossible, { now, newId, runOf: () => ({ skipped }) });
    const [message] = await listMessages(drivers()[0], { triggerId: impossible.id, limit: 10 });
    expect(message).toMatchObject({ event: "not_started", runId: null, reason: JSON.stringify(skipped) });
  });
}
