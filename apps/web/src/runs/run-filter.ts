import { listRunsSchema, type Run } from "@notemill/api";

/** Which runs are shown. */
export interface RunFilter {
  readonly status?: Run["status"];
  /** Only runs of this notebook. */
  readonly path?: string;
  readonly tag?: string;
}

/** Reads a filter from what is behind the question mark of an address; what cannot be is left out. */
export function readFilter(query: URLSearchParams): RunFilter {
  const status = listRunsSchema.shape.status.safeParse(query.get("status") ?? undefined);
  const path = query.get("path") ?? "";
  const tag = query.get("tag") ?? "";
  return {
    ...(status.data === undefined ? {} : { status: status.data }),
    ...(path === "" ? {} : { path }),
    ...(tag === "" ? {} : { tag }),
  };
}

/** The address of the runs that a filter shows. */
export function runsHref(filter: RunFilter): string {
  const query = new URLSearchParams({ ...filter }).toString();
  return query === "" ? "/runs" : `/runs?${query}`;
}
