import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { runsHref } from "../runs/run-filter.ts";
import { server } from "../server/server.ts";
import { FoundList } from "./found-list.tsx";
import "../styles/search.css";

/** How many notebooks the first page shows. */
const FEW = 5;

/** The notebooks that were changed last, and where there are more. Nothing where nobody knows of any. */
export function RecentNotebooks(): ReactNode {
  const { data } = useQuery({
    queryKey: ["search", "recent"],
    queryFn: ({ signal }) => server.searchFiles({ q: "", limit: FEW }, { signal }),
  });
  if (data === undefined || data.files.length === 0) return null;
  return (
    <section className="recent" aria-label="Notebooks that were changed last">
      <h2 className="search-head">Changed last</h2>
      <FoundList files={data.files} />
      <div className="actions">
        <Link className="button" href="/search">
          Search all
        </Link>
        <Link className="button" href={runsHref({ status: "failed" })}>
          Failed runs
        </Link>
      </div>
    </section>
  );
}
