import type { RunPage } from "@notemill/api";
import {
  type InfiniteData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useState } from "react";
import { server } from "../server/server.ts";
import { type Trouble, troubleOf, UNTIL_ANSWERED } from "../server/trouble.ts";
import { refreshRuns } from "./refresh-runs.ts";
import { type RunFilter, runsQuery } from "./run-filter.ts";
import { isOver } from "./status-badge.tsx";

/** How often the list is read again while something runs, and while nothing does, in milliseconds. */
const BUSY_MS = 2000;
const QUIET_MS = 10_000;

type Pages = InfiniteData<RunPage, string | null>;

/** A list of runs as the server has it, or had it. */
export interface ListedRuns {
  readonly list: UseInfiniteQueryResult<InfiniteData<RunPage>>;
  /** What is in the way of reading it, or of keeping it up to date. */
  readonly trouble: Trouble;
}

/** The list of runs that pass a filter, page by page, and kept up to date. */
export function useRuns(filter: RunFilter): ListedRuns {
  const queries = useQueryClient();
  const queryKey = ["runs", filter];
  // While the page is open the list grows at its newer end only.
  const [opened] = useState(() => new Date());
  const read = (before: string | null, signal: AbortSignal): Promise<RunPage> =>
    server.listRuns({ ...runsQuery(filter, opened), ...(before === null ? {} : { before }) }, { signal });
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...UNTIL_ANSWERED,
    // All pages would be read anew.
    staleTime: Number.POSITIVE_INFINITY,
  });
  const again = useQuery({
    queryKey: ["runs-again", filter],
    queryFn: async ({ signal }) => {
      const before = queries.getQueryData<Pages>(queryKey);
      if (before === undefined) return null;
      const pages = await refreshRuns(before.pages, (from) => read(from, signal), {
        // A run of any age may come to have a status.
        reads: filter.status === undefined ? "what-changes" : "all",
      });
      queries.setQueryData<Pages>(queryKey, (now) =>
        // The next page may have come meanwhile.
        now?.pages === before.pages
          ? { pages: [...pages], pageParams: [null, ...pages.slice(0, -1).map(({ next }) => next)] }
          : now,
      );
      return null;
    },
    enabled: list.data !== undefined,
    ...UNTIL_ANSWERED,
    staleTime: 0,
    refetchInterval: () =>
      queries.getQueryData<Pages>(queryKey)?.pages.some(({ runs }) => runs.some(isUnderWay)) === true
        ? BUSY_MS
        : QUIET_MS,
  });
  const trouble = troubleOf({
    data: list.data,
    error: list.error ?? again.error,
    failureReason: list.failureReason ?? again.failureReason,
  });
  return { list, trouble };
}

function isUnderWay({ status }: RunPage["runs"][number]): boolean {
  return !isOver(status);
}
