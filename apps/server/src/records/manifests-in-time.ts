import type { Platform } from "../platform.ts";
import { writeManifests } from "./write-manifests.ts";

/**
 * Writes manifests for a request that has ended an attempt. What the database
 * says has happened; where the file cannot be written, the next sweep tries again.
 */
export async function manifestsInTime({
  driver,
  records,
  report,
}: Pick<Platform, "driver" | "records" | "report">): Promise<void> {
  try {
    await writeManifests(driver, records);
  } catch (error) {
    report("a manifest waits to be written", error);
  }
}
