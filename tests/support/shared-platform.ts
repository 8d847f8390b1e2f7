import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { startPlatform, type TestPlatform } from "./platform.ts";
import { SHARED_PLATFORMS } from "./make-shared-platforms.ts";

/** Where the shared server of this process is: its home directory is `home` in it. */
export const SHARED_DIRECTORY = join(process.env[SHARED_PLATFORMS] ?? "", String(process.pid));

let started: Promise<TestPlatform> | undefined;

/**
 * Gives the one server of all files of tests in this process that ask nothing special of theirs, with an empty home
 * directory. To start a server, its runner and the processes that kernels are forked from takes a processor for seconds.
 *
 * Runs of other files are in its lists. Give it back with {@link releaseSharedPlatform}.
 */
export async function claimSharedPlatform(): Promise<TestPlatform> {
  const home = join(SHARED_DIRECTORY, "home");
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  // A server that is killed and starts again on a busy machine is away for longer than runners wait for by default.
  started ??= startPlatform(SHARED_DIRECTORY, ["--lease", "2m"]);
  const platform = await started;
  // A test that failed may have left it dead.
  await platform.client.health().catch(() => platform.restart());
  return platform;
}

/** Ends what a file of tests began on the shared server: its schedules, workflow runs and runs. */
export async function releaseSharedPlatform(): Promise<void> {
  const { client } = await (started ?? Promise.reject(new Error("nobody has claimed the shared server")));
  for (const { id } of (await client.listSchedules({ limit: 200 })).schedules)
    await client.deleteSchedule(id);
  for (const status of ["queued", "running"] as const)
    for (const { id } of (await client.listWorkflowRuns({ status, limit: 200 })).workflow_runs)
      await client.cancelWorkflowRun(id);
  for (const status of ["queued", "starting", "running"] as const)
    for (const { id } of (await client.listRuns({ status, limit: 200 })).runs) await client.cancelRun(id);
}
