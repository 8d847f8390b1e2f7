import type { ScheduleDiff } from "@notemill/api";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import "../styles/diff.css";

/** How the notebook and its files differ from what a schedule runs. */
export function useSourceChanges(id: string): UseQueryResult<ScheduleDiff> {
  return useQuery({
    queryKey: ["schedule-diff", id],
    queryFn: ({ signal }) => server.diffSchedule(id, { signal }),
  });
}

/** What a promotion would change: cells with the lines of their source, and files. */
export function SourceChanges({ id }: { readonly id: string }): ReactNode {
  const { data, error } = useSourceChanges(id);
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return null;
  if (data.is_same) {
    return <p className="quiet">The notebook and its files are as they were promoted.</p>;
  }
  const others = data.files.filter(({ path }) => !path.endsWith(".ipynb"));
  return (
    <>
      {data.cells.map(({ cell_id: cellId, kind, lines, index, before_index: before }) => (
        <figure className="cell-change" key={cellId}>
          <figcaption className="quiet">
            Cell {(index ?? before ?? 0) + 1}, {kind}
          </figcaption>
          {lines.length > 0 && (
            <pre className="diff-lines">
              {lines.map((line, at) => (
                <span key={at} data-mark={line.charAt(0)}>
                  {`${line}\n`}
                </span>
              ))}
            </pre>
          )}
        </figure>
      ))}
      {others.length > 0 && (
        <ul className="quiet">
          {others.map(({ path, kind }) => (
            <li key={path}>
              {path}: {kind}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
