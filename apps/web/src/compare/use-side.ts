import type { RunDetail } from "@notemill/api";
import { type Notebook, readNotebookBytes } from "@notemill/nbformat";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { allBytes } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";
import { type Side, sideText } from "./side.ts";

/** A notebook that is compared, and the run that it is the output of. */
export interface LoadedSide {
  readonly notebook: Notebook;
  readonly run: RunDetail | null;
}

/** Reads what is to be compared. @param place - Which of the two it is. */
export function useSide(side: Side | null, place: "a" | "b"): UseQueryResult<LoadedSide> {
  return useQuery({
    queryKey: ["compared", place, side === null ? "" : sideText(side)],
    queryFn: ({ signal }) => readIt(side, place, signal),
    enabled: side !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}

async function readIt(side: Side | null, place: string, signal: AbortSignal): Promise<LoadedSide> {
  if (side?.kind === "run") {
    const [run, bytes] = await Promise.all([
      server.getRun(side.id, { signal }),
      server.getNotebook(side.id, { signal }),
    ]);
    return { run, notebook: comparable(bytes, place) };
  }
  const { path = "", version = null } = side ?? {};
  const { bytes } = await server.readFile(path, version === null ? {} : { version }, { signal });
  return { run: null, notebook: comparable(await allBytes(bytes), place) };
}

/** The tag of the cells that a failed run adds to its output. */
const ERROR_TAG = "papermill-error-cell-tag";

/**
 * A notebook as it is compared: without what a run adds of its own, with the cell of its parameters
 * known by its place, and with no ids that the file does not have.
 */
function comparable(bytes: Uint8Array, place: string): Notebook {
  let count = 0;
  const { notebook } = readNotebookBytes(bytes, { newId: () => `${place}-${(count += 1)}` });
  const cells = notebook.cells
    .filter((cell) => !tagsOf(cell).includes(ERROR_TAG))
    .map((cell) =>
      tagsOf(cell).includes("injected-parameters") ? { ...cell, id: "injected-parameters" } : cell,
    );
  return { ...notebook, cells };
}

function tagsOf({ metadata: { tags } }: Notebook["cells"][number]): readonly unknown[] {
  return Array.isArray(tags) ? (tags as readonly unknown[]) : [];
}
