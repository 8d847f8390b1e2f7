import type { RunDetail } from "@notemill/api";
import type { ReactNode } from "react";
import { sentence } from "../shell/sentence.ts";
import { shownTime } from "../shell/shown-time.ts";

/** Says what a run in the queue waits for. */
export function WaitingNote({
  waiting: { message },
  notBefore,
}: {
  readonly waiting: NonNullable<RunDetail["waiting"]>;
  /** When it may begin, where that is said. */
  readonly notBefore: string | null;
}): ReactNode {
  const isLater = notBefore !== null && new Date(notBefore) > new Date();
  return (
    <p className="waiting-note" role="status">
      {isLater ? `It begins at ${shownTime(notBefore)} at the earliest.` : sentence(message)}
    </p>
  );
}
