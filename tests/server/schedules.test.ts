import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Slot } from "../../packages/api/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { runCommand } from "../support/command.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

describe("schedules", () => {
  const directory = SHARED_DIRECTORY;
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
    await writeReport("print('day', day)");
  });
  afterAll(releaseSharedPlatform);

  const writeReport = (source: string): Promise<void> =>
    writeNotebook(join(directory, "home", "report.ipynb"), ["day: str = ''\nnote = ''", source]);
  const command = async (...words: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await runCommand(["schedules", ...words], { env: platform.env });
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    return stdout;
  };
  /** The slots of a schedule once they are as they have to be, oldest first. */
  async function slotsOnce(
    id: string,
    isThere: (slots: readonly Slot[]) => boolean,
  ): Promise<readonly Slot[]> {
    const latest = async (): Promise<readonly Slot[]> => (await platform.client.listSlots(id)).slots;
    await expect.poll(async () => isThere(await latest()), { interval: 100 }).toBe(true);
    return (await latest()).toReversed();
  }
  const second = ({ slot }: Slot): number => Date.parse(slot) / 1000;

  it("run a notebook with a parameter bound to the slot, and make the latest good after an outage", async () => {
    const { client } = platform;
    const { id } = await client.createSchedule({
      path: "~/report.ipynb",
      name: "often",
      spec: { kind: "interval", every_seconds: 1 },
      parameters: new RawJson('{"day": {"cel": "string(trigger.slot)"}}'),
      concurrency: { kind: "first_only" },
      grace_seconds: 0,
    });
    const before = await slotsOnce(id, (slots) => slots.some(({ run_status: it }) => it === "succeeded"));
    const done = before.find(({ run_status: it }) => it === "succeeded");
    const notebook = Buffer.from(await client.getNotebook(done?.run_id ?? "")).toString("utf8");
    expect(notebook).toContain(`day ${done?.slot.replace(".000Z", "Z")}`);

    await platform.kill("SIGKILL");
    const killedAt = Date.now() / 1000;
    // An outage of more than one slot.
    await expect.poll(() => Date.now() / 1000).toBeGreaterThan(killedAt + 2.5);
    await platform.restart();
    const after = await slotsOnce(id, (slots) => slots.some((it) => second(it) > killedAt + 5));
    await client.pauseSchedule(id);
    // Of the outage there is its newest slot, and no other.
    const next = after.findIndex(({ created_at: made }) => Date.parse(made) / 1000 > killedAt);
    const seconds = after.map(second);
    expect((seconds[next] ?? 0) - (seconds[next - 1] ?? 0)).toBeGreaterThanOrEqual(2);
    expect(Date.parse(after[next]?.created_at ?? "") / 1000 - (seconds[next] ?? 0)).toBeLessThan(1);
    expect(new Set(seconds).size).toBe(seconds.length);
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b));
    const last = after.findLast(({ run_id: it }) => it !== null);
    expect((await follow(client, last?.run_id ?? "")).at(-1)).toMatchObject({
      data: { status: "succeeded" },
    });
  });

  it("are made, looked at, stopped and ended on the command line", async () => {
    const words = ["--cron", "0 6 * * *", "--tz", "Europe/London"];
    const day = ["-p", "day", '${trigger.slot.date("Europe/London")}'];
    const tried = await command("create", "~/report.ipynb", ...words, ...day, "--dry-run");
    expect(tried).toContain("At 06:00");
    expect(tried).toMatch(/the clock goes (forward|back) from 0\d:00 to 0\d:00\. No slot falls into what/);
    const made = await command("create", "~/report.ipynb", ...words, ...day);
    expect(made).toContain("At 06:00 (Europe/London)");
    expect(made).toMatch(/T06:00:00\+0\d:00 .*\{"day":\s?"\d{4}-\d\d-\d\d"\}/);
    expect(await command("list")).toContain("report");

    const runId = (await command("run-now", "report", "--slot", "2026-03-29T05:00:00Z")).trim();
    await follow(platform.client, runId);
    const run = await platform.client.getRun(runId);
    expect([run.status, run.parameters.text]).toEqual(["succeeded", expect.stringMatching(/"2026-03-29"/)]);
    expect(await command("slots", "report")).toContain("2026-03-29T05:00:00Z (by hand)  succeeded");

    const [listed] = (await platform.client.listSchedules({ name: "report" })).schedules;
    expect(listed?.last_slot).toMatchObject({
      slot: "2026-03-29T05:00:00.000Z",
      is_by_hand: true,
      run_id: runId,
      run_status: "succeeded",
    });
    for (const environment of ["none", null])
      expect(await platform.client.updateSchedule(listed?.id ?? "", { environment })).toMatchObject({
        settings: { environment },
      });

    expect(await command("pause", "report", "--reason", "month end")).toContain(": month end");
    expect(await command("show", "report")).toMatch(/State +paused by /);
    expect(await command("resume", "report")).toBe("active\n");
    expect(await command("promote", "report")).toMatch(/^[0-9a-f]{64}\n$/);
    const { next_slots: slots } = JSON.parse(await command("show", "report", "--json")) as { next_slots: [] };
    expect(slots).toHaveLength(10);
    expect(await command("diff", "report")).toBe("no difference\n");
    await writeNotebook(join(directory, "home", "report.ipynb"), [
      "day: str = ''\nnote = ''",
      "print('the day', day)",
    ]);
    const differs = await runCommand(["schedules", "diff", "report"], { env: platform.env });
    expect(differs).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining("+print('the day', day)") as string,
    });
    await writeNotebook(join(directory, "home", "report.ipynb"), [
      "day: str = ''\nnote = ''",
      "print('day', day)",
    ]);
    const changed = await command(
      "update",
      "report",
      "--cron",
      "30 5 * * *",
      "-p",
      "note",
      "x",
      "--priority",
      "5",
    );
    expect(changed).toContain("At 05:30 (UTC)");
    expect(changed).toMatch(/Parameters +\{"day":\s?\{"cel":.*"note":\s?"x"\}/);
    expect(await command("update", "report", "--without", "note", "--name", "daily")).not.toContain("note");
    await command("delete", "daily");
    const gone = await runCommand(["schedules", "show", "report"], { env: platform.env });
    expect(gone).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("no schedule") as string });
  });

  it("are run over a range of slots, with the values that were shown before", async () => {
    await command(
      "create",
      "~/report.ipynb",
      "--name",
      "month",
      "--cron",
      "0 6 * * *",
      "--tz",
      "Europe/London",
      "-p",
      "day",
      '${trigger.slot.date("Europe/London")}',
    );
    const range = ["month", "--from", "2026-03-28", "--until", "2026-03-31"];
    const shown = await command("backfill", ...range, "--dry-run");
    expect(shown.match(/^.*T06:00:00.*$/gm)?.map((line) => line.replaceAll(/\s+/g, " "))).toEqual([
      '2026-03-28T06:00:00+00:00 2026-03-28T06:00:00Z {"day":"2026-03-28"}',
      '2026-03-29T06:00:00+01:00 2026-03-29T05:00:00Z {"day":"2026-03-29"}',
      '2026-03-30T06:00:00+01:00 2026-03-30T05:00:00Z {"day":"2026-03-30"}',
    ]);
    const done = await command("backfill", ...range, "--concurrency", "3", "--wait");
    expect(done).toMatch(/State +succeeded\n/);
    const id = /Backfill +(\S+)/.exec(done)?.[1] ?? "";
    const { slots } = await platform.client.listBackfillSlots(id);
    const said = slots.map(async ({ run_id: run }) => {
      const notebook = Buffer.from(await platform.client.getNotebook(run ?? "")).toString("utf8");
      return /day (\d{4}-\d\d-\d\d)/.exec(notebook)?.[1];
    });
    expect(await Promise.all(said)).toEqual(["2026-03-28", "2026-03-29", "2026-03-30"]);
    expect(await command("backfill", ...range, "--dry-run", "--only-missing")).toContain(
      "3 that have succeeded",
    );

    // Its runs are under way until they are cancelled.
    await writeReport("import time; time.sleep(600)");
    const again = JSON.parse(await command("backfill", ...range, "--json")) as { id: string };
    const backfills = async (...words: readonly string[]): Promise<string> =>
      (await runCommand(["backfills", ...words], { env: platform.env })).stdout;
    const overlap = await runCommand(["schedules", "backfill", ...range], { env: platform.env });
    expect(overlap.stderr).toContain(again.id);
    await backfills("cancel", again.id);
    await expect.poll(() => backfills("show", again.id)).toMatch(/State +cancelled\n/);
    expect(await backfills("list", "month")).toContain("3 succeeded");
    const empty = await runCommand(
      ["schedules", "backfill", "month", "--from", "2026-03-31", "--until", "2026-03-28"],
      {
        env: platform.env,
      },
    );
    expect(empty.stderr).toContain("not after its start");
    await command("delete", "month");
  });

  it("are refused when they cannot work", async () => {
    const { client } = platform;
    const daily = { kind: "cron", cron: "0 6 * * *" } as const;
    const refused = (schedule: object): Promise<unknown> =>
      client
        .createSchedule({ path: "~/report.ipynb", name: "refused", spec: daily, ...schedule })
        .catch((error: { code: string; status: number }) => [error.status, error.code]);
    const parameters = (text: string): object => ({ parameters: new RawJson(text) });
    expect(await refused({ path: "~/none.ipynb" })).toEqual([404, "NOTEBOOK_NOT_FOUND"]);
    expect(await refused({ spec: { kind: "cron", cron: "0 0 30 2 *" } })).toEqual([422, "CRON_INVALID"]);
    expect(await refused({ spec: { ...daily, time_zone: "Mars" } })).toEqual([422, "TIME_ZONE_UNKNOWN"]);
    expect(await refused({ spec: { kind: "once", at: "2020-01-01T00:00:00Z" } })).toEqual([
      422,
      "SCHEDULE_NEVER_DUE",
    ]);
    expect(await refused(parameters('{"day": {"cel": "steps.x"}}'))).toEqual([422, "EXPRESSION_FAILED"]);
    expect(await refused(parameters('{"day": {"cel": "trigger.slot +"}}'))).toEqual([
      422,
      "EXPRESSION_SYNTAX",
    ]);
    expect(await refused(parameters('{"day": {"cel": "1"}}'))).toEqual([422, "PARAMETERS_INVALID"]);
    expect(await refused({ name: "often" })).toEqual([409, "SCHEDULE_NAME_TAKEN"]);
  });

  it("start nothing whose parameters are too large, as nobody else does", async () => {
    const { client } = platform;
    const path = "~/report.ipynb";
    const large = new RawJson(JSON.stringify({ day: "d".repeat(2 ** 20) }));
    const spec = { kind: "cron", cron: "0 6 1 1 *" } as const;
    const before = await client.submitRun({ path, parameters: new RawJson('{"day": "small"}') });
    const hook = await client.createSchedule({
      path,
      name: "large",
      spec: { kind: "webhook" },
      parameters: new RawJson('{"day": {"cel": "trigger.body.day"}}'),
    });
    const newestId = async (): Promise<unknown> => (await client.listRuns({ limit: 1 })).runs[0]?.id;
    const step = `{"key": "a", "type": "notebook", "path": "${path}", "parameters": ${large.text}}`;
    const doors: Readonly<Record<string, () => Promise<unknown>>> = {
      submit: () => client.submitRun({ path, parameters: large }),
      rerun: () => client.rerunRun(before.id, { parameters: large }),
      sweep: () => client.submitSweep({ path, grid: new RawJson('{"n": [1, 2]}'), parameters: large }),
      "a value of a grid": () =>
        client.submitSweep({
          path,
          grid: new RawJson(`{"day": ["a", ${JSON.stringify("d".repeat(2 ** 20))}]}`),
        }),
      schedule: () => client.createSchedule({ path, name: "larger", spec, parameters: large }),
      slot: () => client.runSchedule(hook.id, { body: large }),
      workflow: () =>
        client.applyWorkflow({
          name: "large",
          definition: new RawJson(
            `{"parameters": ${large.text}, "steps": [{"key": "a", "type": "notebook", "path": "${path}"}]}`,
          ),
        }),
      step: () => client.applyWorkflow({ name: "large", definition: new RawJson(`{"steps": [${step}]}`) }),
    };
    for (const [door, open] of Object.entries(doors))
      await expect(open(), door).rejects.toMatchObject({
        status: 422,
        message: expect.stringMatching(/the parameters have 10485\d\d bytes .* put the data into a file/),
      });
    expect(await newestId()).toBe(before.id);
    await client.deleteSchedule(hook.id);
    await client.cancelRun(before.id);
  });
});
