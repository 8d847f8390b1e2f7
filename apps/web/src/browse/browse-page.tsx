import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { replaceQuery, useQueryString } from "../routing/location.ts";
import { server } from "../server/server.ts";
import { LoadMore } from "../shell/load-more.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import type { createDirectoryChanges } from "./directory-changes.ts";
import type { DirectoryTools, DropPlace } from "./directory-tools.tsx";
import { type FileOrder, orderText, readOrder } from "./file-order.ts";
import { FileTable } from "./file-table.tsx";
import { NameFilter } from "./name-filter.tsx";

// It is on the first page only.
const RecentNotebooks = lazy(async () => ({
  default: (await import("../search/recent-notebooks.tsx")).RecentNotebooks,
}));

/** What changes a directory. The first page, where nothing can be changed, is there without it. */
export interface Changing {
  readonly createChanges: typeof createDirectoryChanges;
  readonly Tools: typeof DirectoryTools;
  readonly Place: typeof DropPlace;
}

/** Entries that are found at a glance; a directory of more has a filter. */
const FEW = 20;

/** Entries that are asked for at once: as many as somebody looks through, or as many as there may be. */
const PAGE = 200;
const LARGE_PAGE = 1000;

/** Shows a directory. */
export function BrowsePage({
  path,
  changing,
}: {
  readonly path: string;
  /** Null where nobody may change anything. */
  readonly changing: Changing | null;
}): ReactNode {
  const name = path.split("/").at(-1) || "Files";
  useTitle(name);
  const queries = useQueryClient();
  const changes = useMemo(() => changing?.createChanges(path, queries) ?? null, [path, changing, queries]);
  const [wanted, setWanted] = useState("");
  const address = useQueryString();
  const sort = address.get("sort");
  const order = useMemo(() => readOrder(sort), [sort]);
  const isByName = orderText(order) === null;
  const setOrder = (next: FileOrder): void => {
    const text = orderText(next);
    if (text === null) address.delete("sort");
    else address.set("sort", text);
    replaceQuery(address);
  };
  const query = useInfiniteQuery({
    queryKey: ["files", path, wanted],
    queryFn: ({ pageParam, signal }) =>
      server.listFiles(
        path,
        {
          limit: isByName ? PAGE : LARGE_PAGE,
          ...(pageParam === null ? {} : { cursor: pageParam }),
          ...(wanted === "" ? {} : { name: wanted }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    // Of a long list that would be many requests; what is changed here is read again at once.
    refetchOnWindowFocus: ({ state }) => (state.data?.pages.length ?? 0) < 3,
  });
  const { data, fetchNextPage } = query;
  const entries = useMemo(() => data?.pages.flatMap((page) => page.entries) ?? [], [data]);
  // A list that is read again has a reason: something of it is gone. The next part waits for that.
  const onMore = useCallback(() => void fetchNextPage({ cancelRefetch: false }), [fetchNextPage]);
  // The server lists by name; the last of another order is known once all are there.
  const { hasNextPage, isFetching, isFetchNextPageError: hasFailed } = query;
  useEffect(() => {
    if (!isByName && hasNextPage && !isFetching && !hasFailed) onMore();
  }, [isByName, hasNextPage, isFetching, hasFailed, onMore]);
  const isMuch = wanted !== "" || query.hasNextPage || entries.length > FEW;
  const list = (
    <>
      {wanted !== "" && query.isSuccess && entries.length === 0 && !query.hasNextPage && (
        <p className="empty">No name in here has “{wanted}” in it.</p>
      )}
      {wanted === "" && query.isSuccess && entries.length === 0 && (
        <p className="empty">
          Nothing is in here yet.
          {changes !== null && " Drop notebooks and other files here to upload them."}
        </p>
      )}
      {entries.length > 0 && (
        <FileTable entries={entries} order={order} onOrder={setOrder} changes={changes} />
      )}
    </>
  );
  return (
    <div className="page">
      <header className="page-head">
        {path !== "/" && <Breadcrumbs path={path} />}
        <h1>{name}</h1>
        {changing !== null && changes !== null && <changing.Tools changes={changes} path={path} />}
      </header>
      {query.isError && <Problem error={query.error} />}
      {isMuch && <NameFilter onName={setWanted} />}
      {changing === null ? list : <changing.Place changes={changes}>{list}</changing.Place>}
      {query.hasNextPage && (
        <LoadMore isLoading={query.isFetching} hasFailed={query.isFetchNextPageError} onMore={onMore} />
      )}
      {path === "/" && (
        <Suspense fallback={null}>
          <RecentNotebooks />
        </Suspense>
      )}
    </div>
  );
}
