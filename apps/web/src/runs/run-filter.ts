import { listRunsSchema, type Run } from "@notemill/api";
import type { ListRunsQuery } from "@notemill/client";

/** Times within which runs were asked for, in milliseconds. */
const WITHIN_MS = { hour: 3_600_000, day: 86_400_000, week: 604_800_000, month: 2_592_000_000 } as const;

/** Which runs are shown. */
export interface RunFilter {
  readonly status?: Run["status"];
  /** Only runs of this notebook. */
  readonly path?: string;
  readonly tag?: string;
  readonly owner?: string;
  /** Only those that were asked for within the last hour, day, week, or thirty days. */
  readonly within?: keyof typeof WITHIN_MS;
  /** The runs of sweeps too; without, each sweep is one row. */
  readonly children?: "true";
}

/** Reads a filter from what is behind the question mark of an address; what cannot be is left out. */
export function readFilter(query: URLSearchParams): RunFilter {
  const status = listRunsSchema.shape.status.safeParse(query.get("status") ?? undefined);
  const path = query.get("path") ?? "";
  const tag = query.get("tag") ?? "";
  const owner = query.get("owner") ?? "";
  const within = (Object.keys(WITHIN_MS) as (keyof typeof WITHIN_MS)[]).find(
    (it) => it === query.get("within"),
  );
  return {
    ...(status.data === undefined ? {} : { status: status.data }),
    ...(path === "" ? {} : { path }),
    ...(tag === "" ? {} : { tag }),
    ...(owner === "" ? {} : { owner }),
    ...(within === undefined ? {} : { within }),
    ...(query.get("children") === "true" ? { children: "true" } : {}),
  };
}

/** What asks the server for the runs of a filter, at a time. */
export function runsQuery({ within, children, ...rest }: RunFilter, now: Date): ListRunsQuery {
  const query = { ...rest, children: children !== undefined };
  return within === undefined
    ? query
    : { ...query, since: new Date(now.getTime() - WITHIN_MS[within]).toISOString() };
}

/** The address of the runs that a filter shows. */
export function runsHref(filter: RunFilter): string {
  const query = new URLSearchParams({ ...filter }).toString();
  return query === "" ? "/runs" : `/runs?${query}`;
}
