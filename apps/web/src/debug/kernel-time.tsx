import { formatDuration } from "@notemill/html-export";
import type { ReactNode } from "react";
import { shownTime } from "../shell/shown-time.ts";
import { useNow } from "../shell/use-now.ts";

const SECOND_MS = 1000;

/** How long a kernel is kept yet; the exact time is its title. Nothing once that is over. */
export function KernelTime({ until }: { readonly until: string }): ReactNode {
  const now = useNow(SECOND_MS);
  const end = new Date(until);
  const seconds = Math.floor((end.getTime() - now.getTime()) / SECOND_MS);
  if (seconds <= 0) return "its time is over";
  // Seconds matter in the last minutes only.
  const shown = seconds >= 300 ? Math.ceil(seconds / 60) * 60 : seconds;
  return (
    <time dateTime={until} title={shownTime(until)}>
      kept for another {formatDuration(shown)}
    </time>
  );
}

/** Whether a kernel is kept, as the page sees it: looked at anew every second. */
export function useIsKept(until: string | null): boolean {
  const now = useNow(until === null ? null : SECOND_MS);
  return until !== null && new Date(until) > now;
}
