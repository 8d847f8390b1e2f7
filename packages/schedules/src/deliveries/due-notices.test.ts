import { expect, it } from "vitest";
import { dueNotices, NOTICE_EVENTS, type NoticeFacts } from "./due-notices.ts";

type Run = NonNullable<NoticeFacts["run"]>;
const run = (
  status: Run["status"],
  startedAt: number | null = null,
  finishedAt: number | null = null,
): Run => ({
  status,
  startedAt,
  finishedAt,
});
const waiting: NoticeFacts = { slot: 1000, isImpossible: false, run: null };

/** With a rule of 100 ms, at 2000 unless said otherwise. */
it.each<[string, string, Partial<NoticeFacts>, number?]>([
  ["a slot that is on time", "", {}, 1100],
  ["a slot that still waits", "late not_started", {}, 1101],
  ["a slot that can have no run", "not_started", { isImpossible: true }, 1000],
  ["a run that waits for a runner", "late not_started", { run: run("queued") }],
  ["a run that began in time, and goes on for long", "late slow", { run: run("running", 1050) }],
  [
    "a run that began late, and ended soon",
    "succeeded late not_started",
    { run: run("succeeded", 1150, 1200) },
  ],
  ["a run that ended in time, a while ago", "succeeded", { run: run("succeeded", 1010, 1090) }, 9000],
  ["a run that was slow, a while ago", "failed late slow", { run: run("failed", 1010, 1500) }, 9000],
  ["a run that timed out before it began", "failed late not_started", { run: run("timed_out", null, 1200) }],
  ["a run that was lost", "failed", { slot: null, run: run("lost", 1000, 1050) }],
  ["a run that was cancelled in time", "cancelled", { run: run("cancelled", null, 1050) }],
  ["a slow run without a slot", "slow", { slot: null, run: run("running", 1000) }],
])("tells of %s: %s", (_what, expected, facts, now = 2000) => {
  const rule = { on: NOTICE_EVENTS, afterMs: 100 };
  expect(dueNotices(rule, { ...waiting, ...facts }, now).join(" ")).toBe(expected);
});

it("tells of what is asked for, and of nothing that needs a time without one", () => {
  const facts = { ...waiting, run: run("failed", 1500, 1900) };
  expect(dueNotices({ on: ["late", "succeeded"], afterMs: 100 }, facts, 2000)).toEqual(["late"]);
  expect(dueNotices({ on: NOTICE_EVENTS, afterMs: null }, facts, 2000)).toEqual(["failed"]);
});
