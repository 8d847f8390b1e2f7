import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startFleet } from "../support/fleet.ts";

it("a runner that is told to end says so, and one that is killed does not", async () => {
  await using cleanup = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "notemill-runner-ends-"));
  cleanup.defer(() => rm(directory, { recursive: true, force: true }));
  const fleet = cleanup.use(
    await startFleet({ directory, servers: 1, runners: 2, slots: 1, leaseSeconds: 300 }),
  );
  const [told, killed] = fleet.runners;
  /** Names and states of all runners that there were, in the order of the alphabet. */
  const states = async (): Promise<readonly string[]> => {
    const statuses = await Promise.all(fleet.servers.map(({ client }) => client.status()));
    return statuses
      .flatMap(({ runners }) => runners)
      .map(
        ({ name, is_here: isHere, left_at: leftAt }) =>
          `${name} ${isHere ? "here" : leftAt === null ? "lost" : "ended"}`,
      )
      .sort();
  };
  const become = (expected: readonly string[]): Promise<void> => expect.poll(states).toEqual(expected);
  await become(["runner 0 here", "runner 1 here"]);
  await told?.end("SIGTERM");
  await killed?.end("SIGKILL");
  // What was killed is taken to be there until it was not heard of for a while.
  expect(await states()).toEqual(["runner 0 ended", "runner 1 here"]);
  // Each start is another runner.
  await told?.start();
  await become(["runner 0 ended", "runner 0 here", "runner 1 here"]);
});
