import type { Backfill } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";

/** How often a backfill is looked at, in milliseconds. */
const AGAIN_MS = 1000;

/** How far a backfill is, read again until it is over. */
export function BackfillProgress({ backfill }: { readonly backfill: Backfill }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["backfill", backfill.id],
    queryFn: ({ signal }) => server.getBackfill(backfill.id, { signal }),
    enabled: backfill.finished_at === null,
    refetchInterval: ({ state }) => (state.data?.finished_at == null ? AGAIN_MS : false),
  });
  if (error !== null) return <Problem error={error} />;
  // What is given may be newer, once it is over.
  const newest = backfill.finished_at === null ? (data ?? backfill) : backfill;
  const { waiting, running, succeeded, failed, cancelled } = newest.counts;
  const total = waiting + running + succeeded + failed + cancelled;
  const isDone = newest.finished_at !== null;
  return (
    <p className="progress" aria-live="polite">
      <progress max={total} value={total - waiting - running} aria-label="Slots that are done" />
      {isDone
        ? `The backfill has ${newest.state}: ${succeeded} of ${total} slots.`
        : `${succeeded} of ${total} slots have succeeded`}
      {failed > 0 && ` ${failed} failed.`}
    </p>
  );
}
