import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RawJson } from "../../packages/json/src/index.ts";
import { runCommand } from "../support/command.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, type TestPlatform } from "../support/platform.ts";
import { claimSharedPlatform, releaseSharedPlatform, SHARED_DIRECTORY } from "../support/shared-platform.ts";

const TYPO = {
  code: "PARAMETER_UNKNOWN_NAME",
  message: "Passed unknown parameter: regoin; did you mean region?",
  parameter: "regoin",
};
const LINE = `notemill: warning: ${TYPO.message} (${TYPO.code})\n`;

describe("a name that a notebook does not declare", () => {
  let platform: TestPlatform;

  beforeAll(async () => {
    platform = await claimSharedPlatform();
    await writeNotebook(join(SHARED_DIRECTORY, "home", "report.ipynb"), [
      'region = "EU"\nyear = 1',
      "region",
    ]);
  });
  afterAll(releaseSharedPlatform);

  const command = (...words: readonly string[]) => runCommand(words, { env: platform.env });
  const path = "~/report.ipynb";
  const typo = new RawJson('{"regoin": "US"}');
  const cron = { kind: "cron", cron: "0 6 * * *" } as const;

  it("is told in the answer about a run, and about one that repeats it", async () => {
    const { client } = platform;
    const run = await client.submitRun({ path, parameters: typo });
    expect(run.warnings).toEqual([TYPO]);
    expect((await client.submitRun({ path, parameters: new RawJson('{"region": "US"}') })).warnings).toEqual(
      [],
    );
    await follow(client, run.id);
    // It has the parameters of the earlier one too.
    const again = await client.rerunRun(run.id, { parameters: new RawJson('{"yaer": 2}') });
    expect(again.warnings).toMatchObject([
      { parameter: "regoin" },
      { parameter: "yaer", message: "Passed unknown parameter: yaer; did you mean year?" },
    ]);
    // A key that comes back is told the same.
    const asked = { path, parameters: typo };
    await client.submitRun(asked, { idempotencyKey: "typo" });
    expect((await client.submitRun(asked, { idempotencyKey: "typo" })).warnings).toEqual([TYPO]);
  });

  it("is refused where that is asked for, and nothing is started", async () => {
    const { client } = platform;
    const before = (await client.listRuns({})).runs.length;
    const refused = { code: "PARAMETERS_UNKNOWN", message: TYPO.message };
    const strict = { path, strict: true };
    await expect(client.submitRun({ ...strict, parameters: typo })).rejects.toMatchObject(refused);
    const grid = new RawJson('{"regoin": ["US", "EU"]}');
    await expect(client.submitSweep({ ...strict, grid })).rejects.toMatchObject(refused);
    const submit = await command("runs", "submit", path, "-p", "regoin", "US", "--strict");
    expect(submit.stderr).toContain(`${TYPO.message} (PARAMETERS_UNKNOWN)`);
    const sweep = await command("runs", "sweep", path, "--grid", "regoin=US,EU", "--strict");
    expect(sweep.stderr).toContain(`${TYPO.message} (PARAMETERS_UNKNOWN)`);
    expect((await client.listRuns({})).runs).toHaveLength(before);
  });

  it("is told once for all runs of a sweep", async () => {
    const grid = new RawJson('{"regoin": ["US", "EU"], "year": [1, "x", "y"]}');
    const { warnings } = await platform.client.submitSweep({ path, grid });
    expect(warnings).toEqual([
      TYPO,
      {
        code: "PARAMETER_TYPE_MISMATCH",
        message: 'parameter "year": expected integer, found string "x"',
        parameter: "year",
      },
    ]);
  });

  it("is told when a schedule is made and changed, and with its backfill", async () => {
    const { client } = platform;
    const daily = new RawJson('{"regoin": {"cel": "trigger.slot.date()"}}');
    const made = await client.createSchedule({ path, name: "typo", spec: cron, parameters: daily });
    expect(made.warnings).toEqual([TYPO]);
    const changed = await client.updateSchedule(made.id, { priority: 1 });
    expect(changed.warnings).toEqual([TYPO]);
    const range = { from: "2026-03-01", until: "2026-03-03" };
    expect((await client.previewBackfill(made.id, range)).warnings).toEqual([TYPO]);
    expect((await client.createBackfill(made.id, range)).warnings).toEqual([TYPO]);
    const mended = { parameters: new RawJson('{"region": "US"}') };
    expect((await client.updateSchedule(made.id, mended)).warnings).toEqual([]);
  });

  it("is told of an event's schedule whose values are not known yet, which may give what has no default", async () => {
    await writeNotebook(join(SHARED_DIRECTORY, "home", "load.ipynb"), ["path: str\nsize: int", "path"]);
    const parameters = new RawJson('{"path": {"cel": "trigger.body.path"}, "size": 1, "pth": {"cel": "1"}}');
    const made = await platform.client.createSchedule({
      path: "~/load.ipynb",
      spec: { kind: "webhook" },
      parameters,
    });
    expect(made.warnings.map(({ message }) => message)).toEqual([
      "Passed unknown parameter: pth; did you mean path?",
    ]);
  });

  it("is told with the step of a workflow", async () => {
    const steps = [{ key: "load", type: "notebook", path, parameters: { regoin: { cel: "'US'" } } }];
    const definition = new RawJson(JSON.stringify({ steps }));
    const applied = await platform.client.applyWorkflow({ name: "typo", definition, dry_run: true });
    expect(applied.warnings).toEqual([{ ...TYPO, step: "load" }]);
  });

  it("is told once where the notebook declares none at all", async () => {
    const source = JSON.stringify({
      cells: [],
      metadata: { kernelspec: { name: "python3", display_name: "Python 3", language: "python" } },
      nbformat: 4,
      nbformat_minor: 5,
    });
    await writeFile(join(SHARED_DIRECTORY, "home", "none.ipynb"), source);
    const { warnings } = await platform.client.submitRun({
      path: "~/none.ipynb",
      parameters: new RawJson('{"region": "US", "year": 1}'),
    });
    expect(warnings).toMatchObject([
      {
        code: "PARAMETERS_CELL_MISSING",
        message: expect.stringContaining("takes region, year:"),
        parameter: null,
      },
    ]);
  });

  it("is told by the commands on standard error, and they go on", async () => {
    const said = async (...words: readonly string[]): Promise<string> => {
      const { exitCode, stdout, stderr } = await command(...words);
      expect([exitCode, stdout !== ""]).toEqual([0, true]);
      return stderr;
    };
    expect(await said("runs", "submit", path, "-p", "regoin", "US")).toBe(LINE);
    expect(await said("runs", "sweep", path, "-g", "regoin=US,EU")).toBe(LINE);
    const cronWords = ["--cron", "0 6 * * *", "--name", "told", "-p", "regoin", "${trigger.slot.date()}"];
    expect(await said("schedules", "create", path, ...cronWords)).toBe(LINE);
    expect(await said("schedules", "update", "told", "--priority", "1")).toBe(LINE);
    const march = ["--from", "2026-03-01", "--until", "2026-03-02"];
    expect(await said("schedules", "backfill", "told", ...march, "--dry-run")).toBe(LINE);
  });
});
