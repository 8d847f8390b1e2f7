import type { Verification } from "@notemill/api";
import type { CallOptions, PlatformClient } from "./platform-client.ts";

/** Compares all records with their chain, page after page, so that no answer takes long. */
export async function verifyAll(
  client: Pick<PlatformClient, "verifyRecords">,
  query: { readonly run?: string } = {},
  options: CallOptions = {},
): Promise<Omit<Verification, "next">> {
  const problems: Verification["problems"] = [];
  let [records, files] = [0, 0];
  let head: string | null = null;
  for (let after: number | null = 0; after !== null;) {
    const page: Verification = await client.verifyRecords({ ...query, after }, options);
    records += page.records;
    files += page.files;
    head = page.head;
    problems.push(...page.problems);
    after = page.next;
  }
  return { records, files, head, problems };
}
