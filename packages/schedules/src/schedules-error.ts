import { CodedError } from "@notemill/errors";

/** Every code this package throws. Each has a section in docs/reference/errors.md. */
export type SchedulesErrorCode =
  | "BACKFILL_INVALID"
  | "BACKFILL_WITHOUT_SLOT_PARAMETER"
  | "CRON_INVALID"
  | "CRON_SECONDS_UNSUPPORTED"
  | "STEP_UNKNOWN"
  | "TIME_ZONE_UNKNOWN"
  | "TOO_MANY_SLOTS"
  | "TRIGGER_INVALID";

/** A trigger, a policy or a range of slots that cannot be used as it was given. */
export class SchedulesError extends CodedError<SchedulesErrorCode> {
  override readonly name = "SchedulesError";
}
