import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from "react";
import { server } from "../server/server.ts";
import { LoadMore } from "../shell/load-more.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { createDirectoryChanges } from "./directory-changes.ts";
import { DirectoryTools, DropPlace } from "./directory-tools.tsx";
import { FileTable } from "./file-table.tsx";
import { NameFilter } from "./name-filter.tsx";

// It is on the first page only.
const RecentNotebooks = lazy(async () => ({
  default: (await import("../search/recent-notebooks.tsx")).RecentNotebooks,
}));

/** Entries that are found at a glance; a directory of more has a filter. */
const FEW = 20;

/** Shows a directory. */
export function BrowsePage({
  path,
  isWritable,
}: {
  readonly path: string;
  readonly isWritable: boolean;
}): ReactNode {
  const name = path.split("/").at(-1) || "Files";
  useTitle(name);
  const queries = useQueryClient();
  const changes = useMemo(
    () => (isWritable ? createDirectoryChanges(path, queries) : null),
    [path, isWritable, queries],
  );
  const [wanted, setWanted] = useState("");
  const query = useInfiniteQuery({
    queryKey: ["files", path, wanted],
    queryFn: ({ pageParam, signal }) =>
      server.listFiles(
        path,
        {
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
  const isMuch = wanted !== "" || query.hasNextPage || entries.length > FEW;
  return (
    <div className="page">
      <header className="page-head">
        {path !== "/" && <Breadcrumbs path={path} />}
        <h1>{name}</h1>
        {changes !== null && <DirectoryTools changes={changes} path={path} />}
      </header>
      {query.isError && <Problem error={query.error} />}
      {isMuch && <NameFilter onName={setWanted} />}
      <DropPlace changes={changes}>
        {wanted !== "" && query.isSuccess && entries.length === 0 && !query.hasNextPage && (
          <p className="empty">No name in here has “{wanted}” in it.</p>
        )}
        {wanted === "" && query.isSuccess && entries.length === 0 && (
          <p className="empty">
            Nothing is in here yet.
            {changes !== null && " Drop notebooks and other files here to upload them."}
          </p>
        )}
        {entries.length > 0 && <FileTable entries={entries} changes={changes} />}
      </DropPlace>
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
