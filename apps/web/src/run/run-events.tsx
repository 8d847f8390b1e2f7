import type { RunDetail } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { withBase } from "../routing/base-path.ts";
import { runHref } from "../routing/route.ts";
import { isOver } from "../runs/status-badge.tsx";
import { server } from "../server/server.ts";
import { troubleOf, UNTIL_ANSWERED } from "../server/trouble.ts";
import { AwayNote } from "../shell/away-note.tsx";
import { Problem } from "../shell/problem.tsx";
import { shownTime } from "../shell/shown-time.ts";
import { type TimelineEntry, timelineEntry } from "./event-text.ts";

/** How often the events of a run that goes on are read again, in milliseconds. */
const AGAIN_MS = 2000;

/** What has happened in a run, in order. */
export function RunEvents({ run }: { readonly run: RunDetail }): ReactNode {
  const asked = useQuery({
    queryKey: ["timeline", run.id, run.status],
    queryFn: ({ signal }) => readTimeline(run.id, signal),
    refetchInterval: isOver(run.status) ? false : AGAIN_MS,
    ...UNTIL_ANSWERED,
  });
  const { data } = asked;
  const { problem, isAway } = troubleOf(asked);
  if (problem !== null) return <Problem error={problem} />;
  if (data === undefined) return null;
  return (
    <>
      {isAway && <AwayNote />}
      <ol className="timeline">
        {data.map(({ seq, at, text, cellId, tone }) => (
          <li key={seq} data-tone={tone}>
            <time dateTime={at} title={shownTime(at)}>
              {shownTime(at).slice(11, 19)}
            </time>
            <span>
              {cellId === null ? text : <a href={`${withBase(runHref(run.id))}#cell-${cellId}`}>{text}</a>}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

async function readTimeline(id: string, signal: AbortSignal): Promise<readonly TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  for await (const event of server.followRun(id, { follow: false, signal })) {
    const entry = timelineEntry(event);
    if (entry !== null) entries.push(entry);
  }
  return entries;
}
