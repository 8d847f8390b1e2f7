import type { FinalStatus } from "../run-status.ts";
import type { TimeTrigger } from "../slots/time-trigger.ts";

/** A rule that says which events start something. Each of them is a slot. */
export type EventTrigger = AfterTrigger | WebhookTrigger | FileTrigger;

/** A rule that starts something. */
export type Trigger = TimeTrigger | EventTrigger;

/** A run has ended: one of a notebook, or one of another trigger. Exactly one of the two is named. */
export interface AfterTrigger {
  readonly kind: "after";
  /** Virtual path of the notebook. */
  readonly path: string | null;
  /** Id of the other trigger. */
  readonly triggerId: string | null;
  /** How the run has to have ended. */
  readonly outcomes: readonly FinalStatus[];
}

/** Somebody who knows the secret has sent something. */
export interface WebhookTrigger {
  readonly kind: "webhook";
}

/** A file is there that was not, or has changed. */
export interface FileTrigger {
  readonly kind: "file";
  /** Virtual path with wildcards: `/shared/in/*.csv`. */
  readonly pattern: string;
  /** How often somebody looks. */
  readonly everyMs: number;
  /** How long a file has to stay the same, so that one that is still being written does not count. */
  readonly settleMs: number;
}

/** Whether the slots of a trigger are instants, and not events. */
export function isTimeTrigger(trigger: Trigger): trigger is TimeTrigger {
  return trigger.kind === "cron" || trigger.kind === "interval" || trigger.kind === "once";
}
