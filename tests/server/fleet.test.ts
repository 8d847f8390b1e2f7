import { mkdtempSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyAll } from "../../packages/client/src/index.ts";
import { describeWith, POSTGRES } from "../requirements.ts";
import { type Fleet, startFleet } from "../support/fleet.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, statuses } from "../support/platform.ts";
import { startPostgres, type TestPostgres } from "../support/postgres.ts";

describeWith(POSTGRES, "two servers and three runners on one Postgres", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-fleet-"));
  let postgres: TestPostgres;
  let fleet: Fleet;

  beforeAll(async () => {
    await chmod(directory, 0o755);
    postgres = await startPostgres();
    const databaseUrl = await postgres.newDatabase();
    fleet = await startFleet({ directory, databaseUrl, servers: 2, runners: 3, slots: 1, leaseSeconds: 30 });
  });
  afterAll(async () => {
    await fleet?.[Symbol.asyncDispose]();
    await postgres?.[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  const client = (index: number): Fleet["servers"][number]["client"] => {
    const server = fleet.servers[index];
    if (server === undefined) throw new Error(`there is no server ${index}`);
    return server.client;
  };

  it("run each run once, on all runners, and tell of it through either server", async () => {
    await writeNotebook(join(fleet.homeDirectory, "short.ipynb"), ["import time", "time.sleep(0.2)"]);
    const submitted = await Promise.all(
      Array.from({ length: 12 }, (_, index) => client(index % 2).submitRun({ path: "~/short.ipynb" })),
    );
    const runnerIds = new Set<string | null>();
    for (const [index, { id }] of submitted.entries()) {
      // Followed through the server that it was not submitted to.
      expect(statuses(await follow(client((index + 1) % 2), id))).toBe("queued starting running succeeded");
      const { attempts } = await client(index % 2).getRun(id);
      expect(attempts).toHaveLength(1);
      runnerIds.add(attempts[0]?.runner_id ?? null);
    }
    expect(runnerIds.size).toBe(3);
    expect(await verifyAll(client(0))).toMatchObject({ records: 12, problems: [] });
    expect(await verifyAll(client(1))).toMatchObject({ records: 12, problems: [] });
  });

  it("go on when one server is killed, with the runners that the other one has", async () => {
    const [first] = fleet.servers;
    await writeNotebook(join(fleet.homeDirectory, "longer.ipynb"), ["import time", "time.sleep(1)"]);
    const submitted = await Promise.all(
      Array.from({ length: 6 }, () => client(1).submitRun({ path: "~/longer.ipynb" })),
    );
    await first?.end("SIGKILL");
    // What the runners of the dead server have is handed in when it is back, or tried again.
    await first?.start();
    for (const { id } of submitted) {
      const events = await follow(client(1), id);
      expect(events.at(-1)).toMatchObject({ data: { status: "succeeded" } });
    }
    // An attempt whose runner was silent for too long has a record too.
    const { records, problems } = await verifyAll(client(1));
    expect(records).toBeGreaterThanOrEqual(18);
    expect(problems).toEqual([]);
  });

  it("leave no process when they are told to end", async () => {
    await fleet.close();
  });
});
