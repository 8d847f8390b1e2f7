import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endAll, PLATFORM_MARK } from "./processes.ts";

/** Names the directory of all shared servers to the processes that run tests. */
export const SHARED_PLATFORMS = "NOTEMILL_TEST_SHARED";

/** Vitest's global set-up: makes that directory, and ends the servers when the tests are over. */
export async function setup(): Promise<() => Promise<void>> {
  const root = await mkdtemp(join(tmpdir(), "notemill-shared-"));
  process.env[SHARED_PLATFORMS] = root;
  return async () => {
    for (const name of await readdir(root)) await endAll(PLATFORM_MARK, join(root, name));
    await rm(root, { recursive: true, force: true });
  };
}
