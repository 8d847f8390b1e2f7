import type { RunDetail, SweepPage } from "@notemill/api";
import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { isOver } from "../runs/status-badge.tsx";
import { server } from "../server/server.ts";
import { type SweepTable, sweepTable } from "./sweep-table.ts";

/** How often a sweep that goes on is looked at, in milliseconds. */
const AGAIN_MS = 1000;

/** How many runs are read at once. */
const PAGE = 1000;

/** A sweep as it is, with the pages of it that were read. */
export interface ReadSweep {
  readonly query: UseInfiniteQueryResult<InfiniteData<SweepPage>>;
  readonly table: SweepTable;
}

/** Reads a sweep while it goes on; whatever shows the same sweep reads it once. */
export function useSweep({ id, status }: Pick<RunDetail, "id" | "status">): ReadSweep {
  const query = useInfiniteQuery({
    queryKey: ["sweep", id, isOver(status)],
    queryFn: ({ pageParam, signal }) => server.getSweep(id, { after: pageParam, limit: PAGE }, { signal }),
    initialPageParam: -1,
    getNextPageParam: (page) => page.next,
    refetchInterval: isOver(status) ? false : AGAIN_MS,
    placeholderData: (before) => before,
  });
  const pages = query.data?.pages;
  const table = useMemo(() => sweepTable(pages?.flatMap(({ children }) => children) ?? []), [pages]);
  return { query, table };
}
