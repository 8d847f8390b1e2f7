import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { type RunFilter, runsHref } from "./run-filter.ts";

const CHOICES = [
  [undefined, "All"],
  ["queued", "Queued"],
  ["running", "Running"],
  ["succeeded", "Succeeded"],
  ["failed", "Failed"],
  ["timed_out", "Timed out"],
  ["cancelled", "Cancelled"],
  ["lost", "Lost"],
] as const;

/** Links to the runs of each status, and what else the address asks for. */
export function RunFilters({ filter }: { readonly filter: RunFilter }): ReactNode {
  const { status: _status, ...rest } = filter;
  return (
    <div className="filters">
      <nav aria-label="Status">
        {CHOICES.map(([status, name]) => (
          <Link
            key={name}
            href={runsHref(status === undefined ? rest : { ...rest, status })}
            aria-current={status === filter.status ? "true" : undefined}
          >
            {name}
          </Link>
        ))}
      </nav>
      {filter.path !== undefined && <Only name="of" value={filter.path} without={without(filter, "path")} />}
      {filter.tag !== undefined && <Only name="tag" value={filter.tag} without={without(filter, "tag")} />}
    </div>
  );
}

/** A part of a filter, and a link that leaves it out. */
function Only({
  name,
  value,
  without,
}: {
  readonly name: string;
  readonly value: string;
  readonly without: RunFilter;
}): ReactNode {
  return (
    <span className="only">
      {name} <b>{value}</b>
      <Link href={runsHref(without)} aria-label={`Not only ${name} ${value}`}>
        ×
      </Link>
    </span>
  );
}

function without(filter: RunFilter, key: keyof RunFilter): RunFilter {
  const { [key]: _left, ...rest } = filter;
  return rest;
}
