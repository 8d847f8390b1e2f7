import type { Schedule, Slot } from "@notemill/api";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback } from "react";
import { Link } from "../routing/link.tsx";
import { runHref, workflowRunHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import { LoadMore } from "../shell/load-more.tsx";
import { Problem } from "../shell/problem.tsx";
import { shortId } from "../shell/short-id.ts";
import { shownTime } from "../shell/shown-time.ts";
import { SlotStatus } from "./slot-status.tsx";

/** How often the slots are read again, in milliseconds. */
const AGAIN_MS = 3000;

/** What became of the slots of a schedule, newest first. */
export function SlotHistory({ schedule: { id } }: { readonly schedule: Schedule }): ReactNode {
  const { data, error, fetchNextPage, hasNextPage, isFetchingNextPage, isFetchNextPageError } =
    useInfiniteQuery({
      queryKey: ["slots", id],
      queryFn: ({ pageParam, signal }) =>
        server.listSlots(id, pageParam === null ? {} : { before: pageParam }, { signal }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next,
      // All that is shown is read again: with many pages there is no hurry.
      refetchInterval: ({ state }) => AGAIN_MS * (state.data?.pages.length ?? 1),
    });
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const slots = data?.pages.flatMap((page) => page.slots) ?? [];
  if (error !== null && data === undefined) return <Problem error={error} />;
  if (data === undefined) return null;
  if (slots.length === 0) {
    return <p className="empty">It has had no slot yet. The first ones are under “Next slots”.</p>;
  }
  return (
    <>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">Slot</th>
            <th scope="col">Outcome</th>
            <th scope="col">Run</th>
          </tr>
        </thead>
        <tbody>
          {slots.map((slot) => (
            <SlotRow key={slot.id} slot={slot} />
          ))}
        </tbody>
      </table>
      {hasNextPage && (
        <LoadMore isLoading={isFetchingNextPage} hasFailed={isFetchNextPageError} onMore={onMore} />
      )}
    </>
  );
}

function SlotRow({ slot }: { readonly slot: Slot }): ReactNode {
  const { run_id: runId, workflow_run_id: workflowRunId } = slot;
  const id = runId ?? workflowRunId;
  return (
    <tr>
      <td>
        <time dateTime={slot.slot}>{shownTime(slot.slot)}</time>
        {slot.is_by_hand && <span className="where">by hand</span>}
        {/* A run by hand may have none. */}
        {slot.body !== null && slot.body.text !== "null" && (
          <details className="where">
            <summary>what the event said</summary>
            <code>{slot.body.text}</code>
          </details>
        )}
      </td>
      <td>
        <SlotStatus slot={slot} />
      </td>
      <td>
        {id !== null && <Link href={runId === null ? workflowRunHref(id) : runHref(id)}>{shortId(id)}</Link>}
      </td>
    </tr>
  );
}
