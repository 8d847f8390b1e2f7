/** A moment: milliseconds since 1970-01-01T00:00:00Z, whole. */
export type Instant = number;

/** A rule that says at which instants something starts. Each of them is a slot. */
export type TimeTrigger = CronTrigger | IntervalTrigger | OnceTrigger;

/** Slots by the wall clock of a time zone. */
export interface CronTrigger {
  readonly kind: "cron";
  /** Five fields (minute, hour, day of month, month, day of week), or `@hourly` … `@yearly`. */
  readonly cron: string;
  /** IANA name, such as `Europe/London` or `UTC`. */
  readonly timeZone: string;
}

/** Slots at the anchor and every so often after it, whatever clocks on walls do. */
export interface IntervalTrigger {
  readonly kind: "interval";
  /** At least a second. */
  readonly everyMs: number;
  /** The first slot. */
  readonly anchor: Instant;
}

/** A single slot. */
export interface OnceTrigger {
  readonly kind: "once";
  readonly at: Instant;
}
