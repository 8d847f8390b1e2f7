import type { PlatformClient } from "@notemill/client";
import { idByBeginning } from "../../platform/id-by-beginning.ts";

/** The id of a run that was given whole, or by its beginning. @throws as {@link idByBeginning}. */
export function runId(client: Pick<PlatformClient, "listRuns">, given: string): Promise<string> {
  return idByBeginning(given, {
    what: "run",
    listedBy: "notemill runs list",
    list: async (page) => (await client.listRuns(page)).runs,
  });
}
