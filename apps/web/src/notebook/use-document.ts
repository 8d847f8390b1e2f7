import type { File } from "@notemill/api";
import type { Notebook } from "@notemill/nbformat";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { allBytes, readDocument } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";

/** The notebook document in a file. */
export function useDocument(file: File): UseQueryResult<Notebook> {
  return useQuery({
    queryKey: ["document", file.path, file.etag],
    queryFn: async ({ signal }) => {
      const { bytes } = await server.readFile(file.path, {}, { signal });
      return readDocument(await allBytes(bytes));
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
}
