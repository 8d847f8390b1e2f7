import type { Platform } from "../platform.ts";

/**
 * Writes manifests for a request that has ended an attempt. What the database
 * says has happened; where the file cannot be written, the next sweep tries again.
 */
export async function manifestsInTime({
  writeManifests,
  report,
}: Pick<Platform, "writeManifests" | "report">): Promise<void> {
  try {
    await writeManifests();
  } catch (error) {
    report("a manifest waits to be written", error);
  }
}
