import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { createDirectoryChanges } from "./directory-changes.ts";
import { DirectoryTools, DropPlace } from "./directory-tools.tsx";
import { FileTable } from "./file-table.tsx";

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
  const query = useInfiniteQuery({
    queryKey: ["files", path],
    queryFn: ({ pageParam, signal }) =>
      server.listFiles(path, pageParam === null ? {} : { cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <div className="page">
      <header className="page-head">
        <Breadcrumbs path={path} />
        <h1>{name}</h1>
        {changes !== null && <DirectoryTools changes={changes} path={path} />}
      </header>
      {query.isError && <Problem error={query.error} />}
      <DropPlace changes={changes}>
        {query.isSuccess && entries.length === 0 && (
          <p className="empty">
            Nothing is in here yet.
            {changes !== null && " Drop notebooks and other files here to upload them."}
          </p>
        )}
        {entries.length > 0 && <FileTable entries={entries} changes={changes} />}
      </DropPlace>
      {query.hasNextPage && (
        <button
          type="button"
          className="more"
          onClick={() => void query.fetchNextPage()}
          disabled={query.isFetchingNextPage}
        >
          Show more
        </button>
      )}
    </div>
  );
}
