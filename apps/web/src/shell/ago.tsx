import type { ReactNode } from "react";
import { formatAgo } from "./format-ago.ts";
import { shownTime } from "./shown-time.ts";
import { useNow } from "./use-now.ts";

const EVERY_MS = 30_000;

/** How long ago something was; the exact time is its title. */
export function Ago({ time }: { readonly time: string }): ReactNode {
  const now = useNow(EVERY_MS);
  return (
    <time dateTime={time} title={shownTime(time)}>
      {formatAgo(new Date(time), now)}
    </time>
  );
}
