import type { File } from "@notemill/api";
import type { Notebook } from "@notemill/nbformat";
import {
  queryOptions,
  type UseQueryResult,
  usePrefetchQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { allBytes, readDocument } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";
import { UNTIL_ANSWERED } from "../server/trouble.ts";

/** A notebook document, and the etag of the file that it was read from. */
interface ReadFile {
  readonly etag: string;
  readonly notebook: Notebook;
}

/** Begins to read the notebook at a path, which takes a while, before anything else of the file is known. */
export function useEarlyDocument(path: string): void {
  usePrefetchQuery(newest(path));
}

/** The notebook document in a file. */
export function useDocument(file: File): UseQueryResult<Notebook> {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ["document", file.path, file.etag],
    queryFn: async ({ signal }) => {
      const { etag, notebook } = await queries.fetchQuery(newest(file.path));
      // It was saved between the two requests.
      return etag === file.etag ? notebook : (await readFile(file.path, signal)).notebook;
    },
    ...UNTIL_ANSWERED,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}

function newest(path: string) {
  return queryOptions({
    queryKey: ["newest-document", path],
    queryFn: ({ signal }) => readFile(path, signal),
    // It is asked for twice within the time that a request takes, and is large.
    staleTime: 2000,
    gcTime: 2000,
    structuralSharing: false,
  });
}

async function readFile(path: string, signal: AbortSignal): Promise<ReadFile> {
  const { etag, bytes } = await server.readFile(path, {}, { signal });
  return { etag, notebook: await readDocument(await allBytes(bytes)) };
}
