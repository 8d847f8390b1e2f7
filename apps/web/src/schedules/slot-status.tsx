import type { Slot } from "@notemill/api";
import type { ReactNode } from "react";

/** What became of a slot, as a word and a dot; why, where nothing was started. */
export function SlotStatus({
  slot: { skipped, state, run_status: status },
}: {
  readonly slot: Slot;
}): ReactNode {
  if (skipped !== null) {
    return (
      <>
        <span className="status" data-status="cancelled">
          Skipped
        </span>
        <span className="where">{skipped.message}</span>
      </>
    );
  }
  // One whose run has not begun waits for the run before it.
  const word = (status ?? state).replace("_", " ");
  return (
    <span className="status" data-status={status ?? "queued"}>
      {`${word.charAt(0).toUpperCase()}${word.slice(1)}`}
    </span>
  );
}
