import type { RunDetail } from "@notemill/api";
import { ServerProblem } from "@notemill/client";
import type { Notebook } from "@notemill/nbformat";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { isOver } from "../runs/status-badge.tsx";
import { readDocument } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";
import { UNTIL_ANSWERED } from "../server/trouble.ts";

/** How long to wait before asking again for a notebook that is not there yet, in milliseconds. */
const AGAIN_MS = 500;

/** The output notebook of a run; null while there is none, and where it left none. */
export function useOutput({
  id,
  attempt,
  status,
}: Pick<RunDetail, "id" | "attempt" | "status">): UseQueryResult<Notebook | null> {
  const hasEnded = isOver(status);
  return useQuery({
    queryKey: ["output", id, attempt, hasEnded],
    queryFn: async ({ signal }) => {
      try {
        return await readDocument(await server.getNotebook(id, { signal }));
      } catch (caught) {
        if (caught instanceof ServerProblem && caught.code === "OUTPUT_NOT_THERE") return null;
        throw caught;
      }
    },
    refetchInterval: ({ state }) => (state.data === null && !hasEnded ? AGAIN_MS : false),
    ...UNTIL_ANSWERED,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    // The page of a run that ends keeps what it shows until the last state is there.
    placeholderData: (before) => before,
  });
}
