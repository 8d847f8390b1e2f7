import type { PlatformClient } from "@notemill/client";
import { idByPart } from "../../platform/id-by-part.ts";

/** The id of a run that was given whole, or by its beginning or its end. @throws as {@link idByPart}. */
export function runId(client: Pick<PlatformClient, "listRuns">, given: string): Promise<string> {
  return idByPart(given, {
    what: "run",
    listedBy: "notemill runs list",
    list: async (page) => (await client.listRuns(page)).runs,
  });
}
