import type { RunPage } from "@notemill/api";
import {
  type InfiniteData,
  useInfiniteQuery,
  type UseInfiniteQueryResult,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { server } from "../server/server.ts";
import { refreshRuns } from "./refresh-runs.ts";
import type { RunFilter } from "./run-filter.ts";
import { isOver } from "./status-badge.tsx";

/** How often the list is read again while something runs, and while nothing does, in milliseconds. */
const BUSY_MS = 2000;
const QUIET_MS = 10_000;

type Pages = InfiniteData<RunPage, string | null>;

/** The list of runs that pass a filter, page by page, and kept up to date. */
export function useRuns(filter: RunFilter): UseInfiniteQueryResult<InfiniteData<RunPage>> {
  const queries = useQueryClient();
  const queryKey = ["runs", filter];
  const read = (before: string | null, signal: AbortSignal): Promise<RunPage> =>
    server.listRuns({ ...filter, ...(before === null ? {} : { before }) }, { signal });
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // All pages would be read anew.
    staleTime: Number.POSITIVE_INFINITY,
  });
  useQuery({
    queryKey: ["runs-again", filter],
    queryFn: async ({ signal }) => {
      const before = queries.getQueryData<Pages>(queryKey);
      if (before === undefined) return null;
      const pages = await refreshRuns(before.pages, (from) => read(from, signal));
      queries.setQueryData<Pages>(queryKey, (now) =>
        // The next page may have come meanwhile.
        now?.pages === before.pages
          ? { pages: [...pages], pageParams: [null, ...pages.slice(0, -1).map(({ next }) => next)] }
          : now,
      );
      return null;
    },
    enabled: list.isSuccess,
    staleTime: 0,
    refetchInterval: () =>
      queries.getQueryData<Pages>(queryKey)?.pages.some(({ runs }) => runs.some(isUnderWay)) === true
        ? BUSY_MS
        : QUIET_MS,
  });
  return list;
}

function isUnderWay({ status }: RunPage["runs"][number]): boolean {
  return !isOver(status);
}
