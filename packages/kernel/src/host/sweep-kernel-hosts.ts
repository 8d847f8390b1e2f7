import { rm, stat } from "node:fs/promises";
import { askHost } from "./ask-host.ts";
import { defaultHostsDirectory, hostDirectories } from "./host-directory.ts";
import { PROTOCOL_VERSION } from "./host-protocol.ts";
import { readHostRecord } from "./host-record.ts";

/** How long to wait for a host that is there: it is alive, whatever it says. */
const ANSWER_MS = 2_000;

/** How old a directory without a record must be to count as left behind, in milliseconds. */
const START_MS = 10 * 60_000;

/** Where to look for what dead kernel hosts have left. */
export interface SweepKernelHostsOptions {
  /** The directory they were started in. Default: `/var/tmp/notemill-UID`. */
  readonly runtimeDir?: string;
}

/** Deletes the directories that dead kernel hosts have left. Every host does so once, for those beside it. */
export async function sweepKernelHosts(options: SweepKernelHostsOptions = {}): Promise<void> {
  const { runtimeDir = defaultHostsDirectory() } = options;
  for (const hostDir of await hostDirectories(runtimeDir)) await removeIfDead(hostDir);
}

/**
 * Deletes the directory of a host if that is dead.
 *
 * A host listens before it has a record, so one that has a record and cannot be
 * reached is dead; whatever has the process's number now. One without a record
 * may only just begin, and is left alone until it could not be any more.
 */
export async function removeIfDead(hostDir: string): Promise<void> {
  try {
    await askHost(hostDir, { type: "status", version: PROTOCOL_VERSION }, ANSWER_MS);
    return;
  } catch {
    // Nobody listens.
  }
  if (!(await readHostRecord(hostDir)) && (await ageOf(hostDir)) < START_MS) return;
  await rm(hostDir, { recursive: true, force: true, maxRetries: 5 });
}

async function ageOf(directory: string): Promise<number> {
  const found = await stat(directory).catch(() => null);
  return found ? Date.now() - found.mtimeMs : 0;
}
