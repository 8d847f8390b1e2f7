import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WorkflowRunDetail } from "../../packages/api/src/index.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { runCommand } from "../support/command.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

/** Records values as the Python library does. */
const GLUE = `from IPython.display import display
def glue(name, value):
    scrap = {"name": name, "data": value, "encoder": "json", "version": 1}
    display({"application/scrapbook.scrap.json+json": scrap}, raw=True)`;

const DIAMOND = `name: diamond
parameters: {region: eu, rate: 1.0}
steps:
  - key: extract
    type: notebook
    path: ~/extract.ipynb
    parameters:
      region: {cel: run.parameters.region}
      rate: {cel: run.parameters.rate}
  - key: each
    type: notebook
    path: ~/double.ipynb
    depends_on: [extract]
    foreach: {cel: steps.extract.scraps.rows, concurrency: 2}
    parameters:
      number: {cel: item}
  - key: audit
    type: notebook
    path: ~/sum.ipynb
    depends_on: [extract]
    condition: size(steps.extract.scraps.rows) > 100
  - key: nap
    type: wait
    duration_ms: 10
    depends_on: [extract]
  - key: sum
    type: notebook
    path: ~/sum.ipynb
    depends_on: [each, audit, nap]
    trigger_rule: all_done
    parameters:
      numbers: {cel: "steps.each.tasks.map(it, it.scraps.doubled)"}
`;

const MEND = `name: mend
steps:
  - key: fragile
    type: notebook
    path: ~/fragile.ipynb
  - key: after
    type: notebook
    path: ~/sum.ipynb
    depends_on: [fragile]
  - key: alarm
    type: script
    language: python
    source: |
      print("something failed:", why)
    parameters: {why: {cel: steps.fragile.status}}
    depends_on: [fragile]
    trigger_rule: one_failed
`;

const LONG = `name: long
steps:
  - key: slow
    type: notebook
    path: ~/slow.ipynb
  - key: next
    type: notebook
    path: ~/sum.ipynb
    depends_on: [slow]
`;

const WRONG = `name: wrong
steps:
  - key: first
    type: notebook
    path: ~/none.ipynb
  - key: second
    type: notebook
    path: ~/sum.ipynb
    parameters:
      numbers:
        cel: steps.third.scraps.x
`;

const SMALL = `name: small
parameters: {rate: 1.0}
steps:
  - key: double
    type: notebook
    path: ~/double.ipynb
    files: ["data/*.txt"]
    tags: [pinned]
    priority: 3
    parameters: {number: 6}
`;

describe("workflows", () => {
  const directory = SHARED_DIRECTORY;
  const home = join(directory, "home");
  const flag = join(directory, "flag");
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
    const notebooks = {
      extract: [
        "region: str = ''\nrate: float = 0.0",
        GLUE,
        "assert type(rate) is float\nglue('rows', [1, 2, 3])",
      ],
      double: ["number: int = 0", GLUE, "glue('doubled', number * 2)"],
      sum: ["numbers = []", GLUE, "glue('sum', sum(numbers))\nprint('sum', sum(numbers))"],
      fragile: ["", `import os\nassert os.path.exists(${JSON.stringify(flag)}), 'no flag'`],
      slow: ["", "import time\nprint('slow')\ntime.sleep(600)"],
    };
    for (const [name, cells] of Object.entries(notebooks))
      await writeNotebook(join(home, `${name}.ipynb`), cells);
    for (const [name, text] of Object.entries({
      diamond: DIAMOND,
      mend: MEND,
      long: LONG,
      small: SMALL,
      wrong: WRONG,
    }))
      await writeFile(join(directory, `${name}.yaml`), text);
  });
  afterAll(releaseSharedPlatform);

  const run = (...words: readonly string[]): ReturnType<typeof runCommand> =>
    runCommand(["workflows", ...words], { env: platform.env });
  const command = async (...words: readonly string[]): Promise<string> => {
    const { exitCode, stdout, stderr } = await run(...words);
    expect(stderr).toBe("");
    expect(exitCode).toBe(0);
    return stdout.trim();
  };
  const file = (name: string): string => join(directory, `${name}.yaml`);
  const ended = async (id: string): Promise<WorkflowRunDetail> => {
    for await (const event of platform.client.followWorkflowRun(id, { retries: 600, retryMs: 100 }))
      void event;
    return platform.client.getWorkflowRun(id);
  };
  const picture = ({ status, steps }: WorkflowRunDetail): string =>
    `${status}: ${steps.map((it) => `${it.key} ${it.status}`).join(", ")}`;
  const output = async (detail: WorkflowRunDetail, step: string): Promise<string> => {
    const id = detail.steps.find(({ key }) => key === step)?.run_id ?? "";
    return Buffer.from(await platform.client.getNotebook(id)).toString("utf8");
  };

  it("run a diamond with a condition, over what a notebook recorded", async () => {
    expect(await command("apply", "-f", file("diamond"), "--dry-run")).toMatch(
      /^diamond: version 1 would be created/,
    );
    expect(await command("list")).toBe("no workflows");
    expect(await command("apply", "-f", file("diamond"))).toMatch(/^diamond: version 1 created/);
    const id = await command("run", "diamond", "-p", "region", "us", "--idempotency-key", "one");
    expect(await command("run", "diamond", "-p", "region", "us", "--idempotency-key", "one")).toBe(id);
    const done = await ended(id);
    expect(picture(done)).toBe(
      "succeeded: extract succeeded, each succeeded, audit skipped, nap succeeded, sum succeeded",
    );
    expect(await output(done, "extract")).toContain('"region = \\"us\\"');
    expect(await output(done, "sum")).toContain("sum 12");
    expect(done.steps.find(({ key }) => key === "each")?.tasks_by_status).toEqual({ succeeded: 3 });
    const task = await platform.client.getRun(done.steps.at(-1)?.run_id ?? "");
    expect([task.parameters.text, task.workflow_run_id]).toEqual(['{"numbers":[2,4,6]}', id]);
    expect(await command("wait", id)).toContain("succeeded");
    expect(await command("list")).toMatch(/^Workflow .* Last run .*\n.*\ndiamond +1 +1 +succeeded/);
    expect(await command("events", id)).toContain('step-status-changed {"step":"each","status":"succeeded"}');
  });

  it("keep versions with the notebooks as they were, and go back to one", async () => {
    const data = join(home, "data", "unit.txt");
    const missing = await run("apply", "-f", file("small"));
    expect(missing.stderr).toContain('step "double", files');
    expect(missing.stderr).toContain("SOURCE_FILE_MISSING");
    await mkdir(join(home, "data"));
    await writeFile(data, "first");
    await writeNotebook(join(home, "double.ipynb"), [
      "number: int = 0",
      "print('unit', open('data/unit.txt').read(), number * 2)",
    ]);
    await command("apply", "-f", file("small"));
    await writeFile(data, "second");
    const pinned = await ended(await command("run", "small"));
    expect(await output(pinned, "double")).toContain("unit first 12");
    const found = await platform.client.listRuns({ tag: "pinned" });
    expect(found.runs).toMatchObject([{ id: pinned.steps[0]?.run_id, priority: 3 }]);
    await writeFile(data, "first");
    expect(await command("apply", "-f", file("small"))).toBe("small: version 1 unchanged");
    await writeNotebook(join(home, "double.ipynb"), ["number: int = 0", "print('ten times', number * 10)"]);
    const diff = await run("diff", "-f", file("small"));
    expect([diff.exitCode, diff.stdout]).toEqual([1, expect.stringContaining("~ double.source_hash")]);
    expect(await command("apply", "-f", file("small"))).toMatch(/^small: version 2 changed/);
    const second = await ended(await command("run", "small"));
    expect(await output(second, "double")).toContain("ten times 60");
    expect(await command("activate", "small", "1")).toBe("small: version 1 is active");
    const first = await ended(await command("run", "small"));
    expect(await output(first, "double")).not.toContain("ten times");
    expect(await command("versions", "small")).toMatch(/1 \(active\)/);

    const exported = await command("export", "small");
    await writeFile(file("exported"), exported);
    expect(exported).toContain("rate: 1.0");
    expect(await command("apply", "-f", file("exported"), "--dry-run")).toContain(
      "version 3 would be changed",
    );
    await command("delete", "small");
    expect(await run("show", "small")).toMatchObject({ exitCode: 2 });
  });

  it("tell of a failure, and begin again with what did not succeed", async () => {
    await command("apply", "-f", file("mend"));
    const id = await command("run", "mend");
    const failed = await run("wait", id.slice(0, 24));
    expect([failed.exitCode, failed.stdout]).toEqual([1, expect.stringContaining("task failed")]);
    const before = await ended(id);
    expect(picture(before)).toBe("failed: fragile failed, after skipped, alarm succeeded");
    expect(await output(before, "alarm")).toContain("something failed: failed");
    await writeFile(flag, "");
    expect(await command("restart", id, "--reason", "the flag is there")).toBe("running");
    const done = await ended(id);
    expect(picture(done)).toBe("succeeded: fragile succeeded, after succeeded, alarm skipped");
    expect(done.sequence).toBe(2);
    const again = await platform.client.restartWorkflowRun(id, { from: { kind: "step", step: "after" } });
    expect(again).toMatchObject({ sequence: 3, status: "running" });
    expect(picture(await ended(id))).toBe("succeeded: fragile succeeded, after succeeded, alarm skipped");
  });

  it("are cancelled with their runs, and survive the death of the server", async () => {
    const { client } = platform;
    await command("apply", "-f", file("long"));
    const id = await command("run", "long");
    const running = async (): Promise<string | undefined> =>
      (await client.getWorkflowRun(id)).steps[0]?.status;
    await expect.poll(running, { interval: 50 }).toBe("running");
    await platform.kill("SIGKILL");
    await platform.restart();
    await command("cancel", id, "--reason", "it takes too long");
    const done = await ended(id);
    expect(picture(done)).toBe("cancelled: slow cancelled, next cancelled");
    expect((await client.getRun(done.steps[0]?.run_id ?? "")).status).toBe("cancelled");
  });

  it("are started by a schedule, with its slot", async () => {
    const { client } = platform;
    const definition = new RawJson(
      '{"parameters": {"day": ""}, "steps": [{"key": "a", "type": "notebook", "path": "~/sum.ipynb", "parameters": {"numbers": {"cel": "[int(run.parameters.day.split(\'-\')[0])]"}}}]}',
    );
    await client.applyWorkflow({ name: "daily", definition });
    const schedule = await client.createSchedule({
      workflow: "daily",
      spec: { kind: "interval", every_seconds: 1 },
      parameters: new RawJson('{"day": {"cel": "trigger.slot.date()"}}'),
    });
    const started = async (): Promise<string | null> =>
      (await client.listSlots(schedule.id)).slots.at(-1)?.workflow_run_id ?? null;
    await expect.poll(started, { interval: 50 }).not.toBeNull();
    await client.pauseSchedule(schedule.id);
    const done = await ended((await started()) ?? "");
    expect([done.status, done.schedule_id]).toEqual(["succeeded", schedule.id]);
    expect(await output(done, "a")).toContain(`sum ${done.slot?.slice(0, 4)}`);
    const byHand = await client.runSchedule(schedule.id, { slot: "1999-12-31T00:00:00Z" });
    const past = await ended(byHand.id);
    expect(await output(past, "a")).toContain("sum 1999");

    const daily = await client.createSchedule({
      name: "daily-flow",
      workflow: "daily",
      spec: { kind: "cron", cron: "0 6 * * *", time_zone: "Europe/London" },
      parameters: new RawJson('{"day": {"cel": "trigger.slot.date()"}}'),
    });
    const range = ["daily-flow", "--from", "2024-12-31", "--until", "2025-01-02"];
    const backfill = (...words: readonly string[]): ReturnType<typeof runCommand> =>
      runCommand(["schedules", "backfill", ...range, ...words], { env: platform.env });
    expect((await backfill("--dry-run")).stdout).toMatch(/2024-12-31T06:00:00Z +\{"day":"2024-12-31"\}/);
    // What becomes of the workflow later is nothing to a backfill that was made.
    expect(await backfill("--wait", "--concurrency", "2")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/Workflow +daily, version 1\n(.|\n)*2 succeeded/) as string,
    });
    const { backfills } = await client.listBackfills(daily.id);
    const { slots } = await client.listBackfillSlots(backfills[0]?.id ?? "");
    const runs = await Promise.all(slots.map(({ workflow_run_id: id }) => ended(id ?? "")));
    expect(await Promise.all(runs.map((it) => output(it, "a")))).toEqual([
      expect.stringContaining("sum 2024"),
      expect.stringContaining("sum 2025"),
    ]);
    expect(runs[0]).toMatchObject({ slot: "2024-12-31T06:00:00.000Z", schedule_id: null });
    await client.deleteSchedule(daily.id);
  });

  it("are refused with the line, the step and the field of all that is wrong", async () => {
    const { exitCode, stderr } = await run("apply", "-f", file("wrong"));
    expect(exitCode).toBe(1);
    const wrong = file("wrong");
    expect(stderr.trim().split("\n")).toEqual([
      expect.stringContaining(`${wrong}:10: step "second", parameters.numbers: `),
      expect.stringContaining(`${wrong}:5: step "first", path: there is no notebook`),
    ]);
    const kinds = join(directory, "kinds.yaml");
    await writeFile(
      kinds,
      `name: kinds
parameters: 3
steps:
  - key: a
    type: notebook
    path: ~/none.ipynb
  - key: b
    type: notebook
    path: ~/sum.ipynb
    depends_on: a
    retires: 2
  - type: dream
    timeout_ms: "1h"
`,
    );
    const known = "known are key, depends_on, trigger_rule, condition, foreach";
    expect((await run("apply", "-f", kinds)).stderr.trim().split("\n")).toEqual([
      `${kinds}:2: parameters: expected names with values, each as name: value, found 3 (FIELD_INVALID)`,
      `${kinds}:10: step "b", depends_on: expected a list, found "a" (FIELD_INVALID)`,
      expect.stringContaining(`${kinds}:11: step "b", retires: there is no such field; ${known}`),
      `${kinds}:12: step 3, type: expected one of notebook, script, wait, found "dream" (FIELD_INVALID)`,
      `${kinds}:12: step 3, key: is missing; expected text (FIELD_INVALID)`,
      `${kinds}:13: step 3, timeout_ms: expected a whole number, found "1h" (FIELD_INVALID)`,
      expect.stringContaining(`${kinds}:6: step "a", path: there is no notebook`),
    ]);

    const { client } = platform;
    const refused = (steps: string): Promise<unknown> =>
      client
        .applyWorkflow({ name: "refused", definition: new RawJson(`{"steps": ${steps}}`) })
        .catch((error: { details: { problems: { code: string; step: string; field: string }[] } }) =>
          error.details.problems.map(({ code, step, field }) => `${code} ${step} ${field}`),
        );
    expect(await refused('[{"key": "a", "type": "notebook"}]')).toEqual(["FIELD_INVALID a path"]);
    const unknownEnvironment =
      '[{"key": "a", "type": "notebook", "path": "~/sum.ipynb", "environment": "nowhere"}]';
    expect(await refused(unknownEnvironment)).toEqual(["ENVIRONMENT_NOT_FOUND a environment"]);
    const unknownSecret =
      '[{"key": "a", "type": "notebook", "path": "~/sum.ipynb", "parameters": {"numbers": {"secret": "none"}}}]';
    expect(await refused(unknownSecret)).toEqual(["SECRET_NOT_FOUND a parameters"]);
    expect(
      await refused(
        '[{"key": "a", "type": "notebook", "path": "~/extract.ipynb", "parameters": {"region": 1}}]',
      ),
    ).toEqual(["PARAMETERS_INVALID a parameters.region"]);
    const unknown = await run("run", "mend", "-p", "x", "1");
    expect([unknown.exitCode, unknown.stderr]).toEqual([1, expect.stringContaining("PARAMETERS_INVALID")]);
  });
});
