import { isFinal, type RunStatus } from "../run-status.ts";
import type { Instant } from "../slots/time-trigger.ts";

/**
 * Something that somebody may want to be told of.
 *
 * - `succeeded`, `cancelled`, `failed`: a run has ended like that; one that timed out or was lost has failed.
 * - `late`: the run of a slot was not over so long after the slot.
 * - `not_started`: so long after a slot nothing had begun to run for it, or nothing can.
 * - `slow`: a run took longer than that.
 */
export type NoticeEvent = (typeof NOTICE_EVENTS)[number];

/** Every {@link NoticeEvent}. */
export const NOTICE_EVENTS = ["succeeded", "failed", "cancelled", "late", "not_started", "slow"] as const;

/** What somebody wants to be told of. */
export interface NoticeRule {
  readonly on: readonly NoticeEvent[];
  /** How long `late`, `not_started` and `slow` wait; without it there are none of them. */
  readonly afterMs: number | null;
}

/** How things are with a run, or with a slot that may have none. */
export interface NoticeFacts {
  /** The instant that it stands for; null for a run without a slot. */
  readonly slot: Instant | null;
  /** Whether the slot will never have a run, against its schedule's will. */
  readonly isImpossible: boolean;
  readonly run: {
    readonly status: RunStatus;
    readonly startedAt: Instant | null;
    readonly finishedAt: Instant | null;
  } | null;
}

/** What there is to be told by a rule at `now`, of which some may have been told before. */
export function dueNotices(rule: NoticeRule, facts: NoticeFacts, now: Instant): readonly NoticeEvent[] {
  return rule.on.filter((event) => isDue(event, rule, facts, now));
}

function isDue(
  event: NoticeEvent,
  { afterMs }: NoticeRule,
  { slot, isImpossible, run }: NoticeFacts,
  now: Instant,
): boolean {
  const isOver = (since: Instant | null, until: Instant): boolean =>
    since !== null && afterMs !== null && until - since > afterMs;
  switch (event) {
    case "succeeded":
    case "cancelled":
      return run?.status === event;
    case "failed":
      return run !== null && isFinal(run.status) && !["succeeded", "cancelled"].includes(run.status);
    case "late":
      return !isImpossible && isOver(slot, run?.finishedAt ?? now);
    case "not_started":
      return isImpossible || isOver(slot, run?.startedAt ?? run?.finishedAt ?? now);
    case "slow":
      return run !== null && isOver(run.startedAt, run.finishedAt ?? now);
  }
}
