import type { SchedulePreview, ScheduleSpec } from "@notemill/api";
import type { RawJson } from "@notemill/json";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { server } from "../server/server.ts";

/** What the server says of a schedule that nobody has saved. */
export interface Previewed {
  readonly preview: SchedulePreview | undefined;
  /** Why there is none. */
  readonly error: Error | null;
}

/** Asks for the slots of a spec, and for what their runs would get; for nothing while there is no spec. */
export function usePreview(spec: ScheduleSpec | undefined, parameters?: RawJson): Previewed {
  const asked = useDeferredValue(JSON.stringify([spec, parameters?.text]));
  const { data, error } = useQuery({
    queryKey: ["preview", asked],
    queryFn: ({ signal }) => {
      if (spec === undefined) throw new Error("there is no spec");
      return server.previewSchedule(
        { spec, ...(parameters === undefined ? {} : { parameters }) },
        { signal },
      );
    },
    enabled: spec !== undefined,
    // What is there stays while somebody writes.
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  });
  return spec === undefined || error !== null
    ? { preview: undefined, error: spec === undefined ? null : error }
    : { preview: data, error: null };
}
