import { mkdtempSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyAll } from "../../packages/client/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { describeWith, POSTGRES } from "../requirements.ts";
import { notemill } from "../support/cli.ts";
import { type Fleet, startFleet, TOKEN } from "../support/fleet.ts";
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
    fleet = await startFleet({
      directory,
      databaseUrl,
      servers: 2,
      runners: 3,
      slots: 1,
      leaseSeconds: 30,
      labels: [["gpu", "region=eu"]],
    });
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

  it("run a sweep once, on all runners, with its children counted through either server", async () => {
    await writeNotebook(join(fleet.homeDirectory, "swept.ipynb"), [
      "x = 0",
      "import time",
      "time.sleep(0.3)",
    ]);
    const asked = { path: "~/swept.ipynb", grid: new RawJson('{"x":{"range":"1..9"}}'), concurrency: 9 };
    const started = await Promise.all(
      [0, 1, 0, 1].map((index) => client(index).submitSweep(asked, { idempotencyKey: "one sweep" })),
    );
    const ids = new Set(started.map(({ id }) => id));
    expect(ids.size).toBe(1);
    const [id = ""] = ids;
    await follow(client(1), id);
    const sweeps = await Promise.all([0, 1].map((index) => client(index).getSweep(id)));
    expect(sweeps[0]).toEqual(sweeps[1]);
    expect(sweeps[0]).toMatchObject({ total: 9, counts: { succeeded: 9 } });
    const children = await client(0).listRuns({ sweep: id });
    const details = await Promise.all(children.runs.map((it) => client(1).getRun(it.id)));
    expect(details.map(({ attempts }) => attempts.length)).toEqual(Array.from({ length: 9 }, () => 1));
    expect(new Set(details.map(({ attempts }) => attempts[0]?.runner_id)).size).toBe(3);
    expect(details.map(({ parameters }) => parameters.text).toSorted()).toEqual(
      Array.from({ length: 9 }, (_, index) => `{"x":${index + 1}}`),
    );
    expect(await verifyAll(client(1), { run: id })).toMatchObject({ records: 1, problems: [] });
  });

  it("fire a slot once, though both look for it", async () => {
    const { id } = await client(0).createSchedule({
      name: "soon",
      path: "~/short.ipynb",
      spec: { kind: "interval", every_seconds: 1 },
      concurrency: { kind: "parallel", limit: 9 },
    });
    const slots = async (index: number): Promise<readonly { slot: string; run_id: string | null }[]> =>
      (await client(index).listSlots(id)).slots;
    await expect.poll(async () => (await slots(1)).length).toBeGreaterThanOrEqual(3);
    await client(1).pauseSchedule(id);
    const fired = await slots(0);
    expect(new Set(fired.map(({ slot }) => slot)).size).toBe(fired.length);
    const { runs } = await client(0).listRuns({
      path: fired.length === 0 ? "" : (await client(0).getRun(fired[0]?.run_id ?? "")).path,
    });
    const ofSlots = new Set(fired.map(({ run_id: runId }) => runId));
    // The twelve of the first test have no schedule.
    expect(runs).toHaveLength(ofSlots.size + 12);
    for (const { id: runId } of runs) await follow(client(1), runId);
  });

  it("give a run that needs labels to the runner that has them, and say what no runner has", async () => {
    const submit = (labels: string[]): ReturnType<ReturnType<typeof client>["submitRun"]> =>
      client(1).submitRun({ path: "~/short.ipynb", labels });
    const submitted = await Promise.all([["gpu"], ["gpu"], ["region=eu", "gpu"]].map(submit));
    const runnerIds = new Set<string | null>();
    for (const { id } of submitted) {
      await follow(client(0), id);
      runnerIds.add((await client(0).getRun(id)).attempts[0]?.runner_id ?? null);
    }
    expect(runnerIds.size).toBe(1);
    const { id } = await submit(["tpu", "region=eu"]);
    expect(await client(0).getRun(id)).toMatchObject({
      labels: ["region=eu", "tpu"],
      waiting: {
        able_runners: 0,
        message: expect.stringContaining("no runner was heard of lately that has region=eu, tpu") as string,
      },
    });
    expect((await client(1).ready()).stranded).toBe(1);
    expect(await client(0).metrics()).toMatch(/^notemill_queue_stranded\{labels="region=eu tpu"\} 1$/m);
    const server = ["--server", fleet.servers[0]?.url ?? ""];
    const env = { NOTEMILL_TOKEN: TOKEN };
    expect((await notemill(["doctor", ...server], { env })).stdout).toContain(
      "--label region=eu --label tpu",
    );
    await client(0).cancelRun(id);
    expect((await client(1).ready()).stranded).toBe(0);
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
