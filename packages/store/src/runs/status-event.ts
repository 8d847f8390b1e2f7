import type { RunStatus } from "@notemill/schedules";
import type { NewEvent } from "./append-event.ts";

/** The kind of the event that every change of a run's status writes. */
export const STATUS_CHANGED = "run-status-changed";

/** The event that says where a run is now. */
export function statusEvent(
  status: RunStatus,
  {
    attempt,
    now,
    failure = null,
  }: { readonly attempt: number; readonly now: Date; readonly failure?: string | null },
): NewEvent {
  const head = JSON.stringify({ status, attempt });
  // The failure is JSON already.
  const data = failure === null ? head : `${head.slice(0, -1)},"failure":${failure}}`;
  return { kind: STATUS_CHANGED, at: now, data };
}
