import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawJson } from "../../packages/json/src/index.ts";
import { notemill } from "../support/cli.ts";
import { runCommand } from "../support/command.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, statuses, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

describe("sweeps", () => {
  const directory = SHARED_DIRECTORY;
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
    const glue =
      'from IPython.display import display\ndisplay({"application/scrapbook.scrap.json+json": {"name": "loss", "data": alpha * depth, "encoder": "json", "version": 1}}, raw=True)';
    const sources = ["alpha = 0.5\ndepth = 1", `assert alpha != 3\n${glue}`];
    await writeNotebook(join(directory, "home", "train.ipynb"), sources);
    await writeNotebook(join(directory, "home", "daily.ipynb"), [
      'day = ""\nregion = ""\ncount: float = 1.0',
      'assert (day, region) != ("2026-03-02", "south")',
    ]);
    await writeNotebook(join(directory, "home", "slow.ipynb"), ["x = 0", "import time\ntime.sleep(600)"]);
  });
  afterAll(releaseSharedPlatform);

  /** Waits until a schedule has started something by the clock, and deletes it. */
  async function firedRun(scheduleId: string): Promise<string> {
    const started = async (): Promise<string | undefined> =>
      (await platform.client.listSlots(scheduleId)).slots.at(-1)?.run_id ?? undefined;
    await expect.poll(started).toBeDefined();
    await platform.client.deleteSchedule(scheduleId);
    return (await started()) ?? "";
  }

  const command = async (...args: readonly string[]): Promise<string> => {
    const { stdout, stderr, exitCode } = await runCommand(args, { env: platform.env });
    expect([stderr, exitCode]).toEqual(["", 0]);
    return stdout.trim();
  };
  const rowsOf = async (id: string): Promise<readonly string[]> =>
    (await platform.client.getSweep(id)).children.map(
      ({ status, parameters, metrics, is_kept: isKept }) =>
        `${status}${isKept ? " kept" : ""} ${parameters.text} ${metrics?.text ?? "-"}`,
    );

  it("run every combination, keep a table as their record though the server is killed, and retry what failed", async () => {
    const { client } = platform;
    const id = await command(
      "runs",
      "sweep",
      "~/train.ipynb",
      "-g",
      "alpha=2.5,3",
      "-g",
      "depth=1..2",
      "-j",
      "2",
    );
    for await (const event of client.followRun(id, { retries: 600, retryMs: 100 })) {
      if (event.kind !== "sweep-child-finished") continue;
      await platform.kill("SIGKILL");
      await platform.restart();
      break;
    }
    expect(statuses(await follow(client, id))).toBe("queued starting running failed");
    expect(await rowsOf(id)).toEqual([
      'succeeded {"alpha":2.5,"depth":1} {"loss":2.5}',
      'succeeded {"alpha":2.5,"depth":2} {"loss":5.0}',
      'failed {"alpha":3,"depth":1} {}',
      'failed {"alpha":3,"depth":2} {}',
    ]);
    const run = await client.getRun(id);
    expect(run).toMatchObject({ is_sweep: true, failure: { code: "SWEEP_RUNS_FAILED" } });
    expect(run.attempts).toMatchObject([{ number: 1, exit_class: "user", runner_id: null }]);
    expect(await command("runs", "show", id)).toContain("4: 2 failed, 2 succeeded");

    // It writes as a process of its own: to a pipe, as if it were a file.
    const table = await notemill(["runs", "metrics", id, "--format", "csv"], { env: platform.env });
    expect(table.stdout.split("\r\n")[1]).toMatch(/^2\.5,1,succeeded,[\d.]+,2\.5,\/runs\/[\w-]+,$/);
    const summary = Buffer.from(await client.getNotebook(id)).toString("utf8");
    expect(summary).toContain("Sweep of train.ipynb");
    const { records } = await client.listRecords(id);
    expect(records[0]?.files.map(({ name }) => name)).toEqual([
      "events.jsonl",
      "metrics.csv",
      "metrics.json",
      "output.ipynb",
      "sweep.json",
    ]);
    expect(await client.verifyRecords({ run: id })).toMatchObject({ problems: [] });
    await expect(client.latestOutput("~/train.ipynb")).rejects.toMatchObject({ code: "OUTPUT_NOT_THERE" });
    await expect(client.rerunRun(id, {})).rejects.toMatchObject({ code: "RUN_IS_SWEEP" });

    const again = await command("runs", "retry", id, "-j", "1");
    await follow(client, again);
    expect((await rowsOf(again)).map((row) => row.split(" {")[0])).toEqual([
      "succeeded kept",
      "succeeded kept",
      "failed",
      "failed",
    ]);
    expect(await client.listRuns({ sweep: again })).toMatchObject({ runs: [{}, {}] });
    expect(await client.listRuns({ sweep: again, children: false })).toMatchObject({ runs: [{}, {}] });

    // Each is one of a list without the runs of sweeps, and says what has become of them.
    const path = "~/train.ipynb";
    const none = { succeeded: 0, failed: 0, timed_out: 0, lost: 0, cancelled: 0 };
    const tally = { total: 4, counts: { ...none, succeeded: 2, failed: 2 } };
    const { runs } = await client.listRuns({ path, children: false });
    expect(runs.map((it) => [it.id, it.children])).toEqual([
      [again, tally],
      [id, tally],
    ]);
    const page = await client.listRuns({ path, children: false, status: "failed", limit: 1 });
    expect([page.runs[0]?.id, page.next]).toEqual([again, again]);
    const all = (await client.listRuns({ path })).runs;
    expect(all.filter(({ children }) => children === null)).toHaveLength(6);
    expect(all).toHaveLength(8);
    const printed = (await command("runs", "list", "--path", path)).split("\n");
    expect(printed.slice(2).map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
      [again, "failed, 4 of 4: 2 failed"],
      [id, "failed, 4 of 4: 2 failed"],
    ]);
    expect((await command("runs", "list", "--path", path, "--children")).split("\n")).toHaveLength(10);
    expect((await command("runs", "list", "--sweep", again)).split("\n")).toHaveLength(4);
  });

  it("are cancelled with all their runs, and stop at the first failure where they are to", async () => {
    const { client } = platform;
    const slow = await client.submitSweep({
      path: "~/slow.ipynb",
      grid: new RawJson('{"x": {"range": "1..50"}}'),
      concurrency: 2,
    });
    for await (const event of client.followRun((await client.getSweep(slow.id)).children[0]?.run_id ?? ""))
      if (event.kind === "cell-started") await client.cancelRun(slow.id);
    expect(statuses(await follow(client, slow.id))).toBe("queued starting running cancelled");
    expect((await client.getSweep(slow.id)).counts).toEqual({ cancelled: 2, not_started: 48 });

    const stopped = await client.submitSweep({
      path: "~/train.ipynb",
      grid: new RawJson('[{"alpha":3}, {"alpha":1}, {"alpha":2}]'),
      concurrency: 1,
      on_failure: "stop",
    });
    await follow(client, stopped.id);
    expect((await client.getSweep(stopped.id)).counts).toEqual({ failed: 1, not_started: 2 });
  });

  it.each([
    ['{"x": []}', "SWEEP_INVALID"],
    ['{"x": {"range": "1..0.5"}}', "SWEEP_INVALID"],
    ['{"x": {"range": "one"}}', "REQUEST_INVALID"],
    ['{"x": {"range": "1..20000"}}', "SWEEP_TOO_LARGE"],
    ['{"class": [1]}', "PARAMETER_NAME_INVALID"],
    ["7", "SWEEP_INVALID"],
  ])("are refused before anything starts: %s", async (grid, code) => {
    const { client } = platform;
    const before = await client.listRuns({ limit: 1 });
    await expect(client.submitSweep({ path: "~/slow.ipynb", grid: new RawJson(grid) })).rejects.toMatchObject(
      { code },
    );
    expect(await client.listRuns({ limit: 1 })).toEqual(before);
  });

  it("are what the slots of a schedule start, and a backfill makes good, where it has values for them", async () => {
    const { client } = platform;
    const words = ["--cron", "0 6 * * *", "-p", "day", "${trigger.slot.date()}", "--jobs", "1"];
    const create = (...more: readonly string[]): Promise<{ stderr: string; stdout: string }> =>
      runCommand(["schedules", "create", "~/daily.ipynb", ...words, ...more], { env: platform.env });
    expect((await create("--grid", "count=1,few")).stderr).toContain("PARAMETERS_INVALID");
    expect((await create()).stderr).toContain("go with --grid");
    const byName = (await create("--grid", "region=${trigger.slot.date()}")).stderr;
    expect(byName).toMatch(/give it with -p.*PARAMETERS_INVALID/);
    const spec = { kind: "interval", every_seconds: 60 } as const;
    for (const grid of [
      '{"day": {"cel": "trigger.slot"}}',
      '{"day": [{"cel": "x"}]}',
      '[{"day": {"cel": "x"}}]',
    ])
      await expect(
        client.createSchedule({ path: "~/daily.ipynb", spec, sweep: { grid: new RawJson(grid) } }),
      ).rejects.toMatchObject({ code: "PARAMETERS_INVALID" });
    expect((await create("--grid", "region=north,south", "--promoted")).stdout).toContain(
      '{"region":["north","south"]}',
    );

    const slot = "2026-03-02T06:00:00.000Z";
    const id = await command("schedules", "run-now", "daily", "--slot", slot);
    await follow(client, id);
    expect(await rowsOf(id)).toEqual([
      'succeeded {"day":"2026-03-02","region":"north"} {}',
      'failed {"day":"2026-03-02","region":"south"} {}',
    ]);
    const south = (await client.getSweep(id)).children[1]?.run_id ?? "";
    expect((await client.getRun(south)).schedule).toMatchObject({ name: "daily", slot, follows: "promoted" });

    const { schedule } = await client.getRun(south);
    const range = { from: "2026-03-01", until: "2026-03-04" };
    expect(await client.previewBackfill(schedule?.id ?? "", range)).toMatchObject({
      is_sweep: true,
      runs: 6,
    });
    const large = await client.createSchedule({
      path: "~/daily.ipynb",
      name: "large",
      spec: { kind: "cron", cron: "0 6 * * *", time_zone: "UTC" },
      parameters: new RawJson('{"day": {"cel": "trigger.slot.date()"}}'),
      sweep: { grid: new RawJson('{"count": {"range": "1..5000"}}') },
    });
    expect(await client.previewBackfill(large.id, { ...range, until: "2026-03-03" })).toMatchObject({
      runs: 10_000,
    });
    await expect(client.previewBackfill(large.id, range)).rejects.toMatchObject({ code: "TOO_MANY_SLOTS" });
    await client.deleteSchedule(large.id);

    const filling = ["backfill", "daily", "--from", "2026-03-01", "--until", "2026-03-04", "--only-missing"];
    await command("schedules", ...filling);
    const [backfill] = (await client.listBackfills((await client.getRun(south)).schedule?.id ?? ""))
      .backfills;
    await expect.poll(async () => (await client.getBackfill(backfill?.id ?? "")).state).toBe("failed");
    const { slots } = await client.listBackfillSlots(backfill?.id ?? "");
    expect(slots.map(({ run_status: status }) => status)).toEqual(["succeeded", "failed", "succeeded"]);
    const [first] = slots;
    expect((await rowsOf(first?.run_id ?? "")).map((row) => row.split(" {")[0])).toEqual([
      "succeeded",
      "succeeded",
    ]);

    expect(await command("schedules", "update", "daily", "--grid", "region=north", "--fail-fast")).toMatch(
      /over +\{"region":\["north"\]\}\nSweep mode +product\nSweep jobs +1\nOn failure +stop/,
    );
    expect(await command("schedules", "update", "daily", "--jobs", "3", "--zip")).toMatch(
      /over +\{"region":\["north"\]\}\nSweep mode +zip\nSweep jobs +3\nOn failure +stop/,
    );
    expect(await command("schedules", "update", "daily", "--no-zip", "--no-fail-fast")).toMatch(
      /Sweep mode +product\nSweep jobs +3\nOn failure +continue/,
    );
    await command("schedules", "update", "daily", "--no-sweep");
    const single = await command("schedules", "run-now", "daily", "--slot", slot);
    expect((await client.getRun(single)).is_sweep).toBe(false);
    const often = await client.createSchedule({
      path: "~/daily.ipynb",
      name: "often",
      spec: { kind: "interval", every_seconds: 1 },
      sweep: { grid: new RawJson('{"count": [1.0, 2.0]}') },
      concurrency: { kind: "first_only" },
    });
    const fired = await firedRun(often.id);
    await follow(client, fired);
    expect(await rowsOf(fired)).toEqual(['succeeded {"count":1.0} {}', 'succeeded {"count":2.0} {}']);
  });
});
