import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useEffect, useRef } from "react";
import { Link } from "../routing/link.tsx";
import { replaceQuery, useQueryString } from "../routing/location.ts";
import { runsHref } from "../runs/run-filter.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import { FoundList } from "./found-list.tsx";
import "../styles/search.css";

/** Finds files by their words; without any it shows the notebooks that were changed last. The address says what is looked for. */
export function SearchPage(): ReactNode {
  const query = useQueryString();
  const q = query.get("q") ?? "";
  const isMine = query.has("mine");
  useTitle(q === "" ? "Search" : `Search: ${q}`);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const asked = useDeferredValue(q.trim());
  const found = useInfiniteQuery({
    queryKey: ["search", asked, isMine],
    queryFn: ({ pageParam, signal }) =>
      server.searchFiles(
        {
          q: asked,
          limit: 50,
          ...(isMine ? { under: "~" } : {}),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (before) => before,
  });
  const change = (name: string, value: string | null): void => {
    const next = new URLSearchParams(query);
    if (value === null) next.delete(name);
    else next.set(name, value);
    replaceQuery(next);
  };
  const files = found.data?.pages.flatMap((page) => page.files) ?? [];
  return (
    <div className="page">
      <header className="page-head">
        <h1>Search</h1>
        <input
          ref={field}
          type="search"
          className="search-field"
          aria-label="Words in names, titles, authors, tags and text"
          placeholder="Words in names, titles, authors, tags and text"
          value={q}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target }) => change("q", target.value === "" ? null : target.value)}
        />
        <div className="actions" role="group" aria-label="Where">
          <button type="button" aria-pressed={!isMine} onClick={() => change("mine", null)}>
            Everywhere
          </button>
          <button type="button" aria-pressed={isMine} onClick={() => change("mine", "")}>
            Mine
          </button>
          <Link className="button" href={runsHref({ status: "failed" })}>
            Failed runs
          </Link>
        </div>
      </header>
      {found.isError && <Problem error={found.error} />}
      <section aria-live="polite" aria-label={asked === "" ? "Changed last" : "Found"}>
        <h2 className="search-head">{asked === "" ? "Changed last" : "Found"}</h2>
        {found.isPending && <p className="quiet">Looking …</p>}
        {found.isSuccess && files.length === 0 && <p className="empty">{emptyText(asked)}</p>}
        {files.length > 0 && <FoundList files={files} />}
      </section>
      {found.hasNextPage && (
        <button
          type="button"
          className="more"
          onClick={() => void found.fetchNextPage()}
          disabled={found.isFetchingNextPage}
        >
          Show more
        </button>
      )}
    </div>
  );
}

function emptyText(asked: string): string {
  return asked === ""
    ? "No notebook is known yet. New ones are found within a minute; those that are saved here at once."
    : "Nothing has all these words. Leave some out, or write only how they begin.";
}
