import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import { Breadcrumbs } from "./breadcrumbs.tsx";
import { FileTable } from "./file-table.tsx";

/** Shows a directory. */
export function BrowsePage({ path }: { readonly path: string }): ReactNode {
  const name = path.split("/").at(-1) || "Files";
  useTitle(name);
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
      </header>
      {query.isError && <Problem error={query.error} />}
      {query.isSuccess && entries.length === 0 && (
        <p className="empty">
          Nothing is in here yet. Notebooks that you save in this directory appear here.
        </p>
      )}
      {entries.length > 0 && <FileTable entries={entries} />}
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
