/// <reference lib="dom" />
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { describeWith } from "../requirements.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

const PARAMETERS = "day: str = ''\nregion: str = 'north'\nrate: float = 1.0";

/** Everything about schedules that is done in the browser. */
describeWith(CHROMIUM, "schedules in Chromium", () => {
  const place = newAppPlace();
  const report = join(place.home, "report.ipynb");
  let app: AppBed;
  let page: Page;
  let field: (name: string) => Locator;
  let button: (name: string) => Locator;
  let id = "";

  beforeAll(async () => {
    app = await openAppBed(place, () =>
      writeNotebook(report, [PARAMETERS, "print('day', day, region, rate)"]),
    );
    ({ page } = app);
    field = (name) => page.getByLabel(name, { exact: true });
    button = (name) => page.getByRole("button", { name, exact: true });
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

  it("finds a notebook, and says when it runs in plain words, with what a change of the clock does", async () => {
    await app.goTo("/schedules");
    await page.getByText("Nothing is scheduled.", { exact: false }).waitFor();
    await button("New schedule …").click();
    await field("Notebook").fill("~/no-such.ipynb");
    await button("Next").click();
    await page.getByRole("alert").waitFor();
    await app.expectAccessible();
    await field("Notebook").fill("~/report.ipynb");
    await button("Next").click();
    await page.waitForURL(/\/view\/home\/[^/]+\/report\.ipynb\?run=schedule$/);

    await field("Repeats").selectOption({ label: "on days of the week" });
    await button("Friday").click();
    await field("At").fill("01:30");
    await field("Time zone").fill("Europe/London");
    expect(await field("Cron").inputValue()).toBe("30 1 * * 1-4");
    const slots = page.getByRole("region", { name: "Next slots" });
    await slots.getByText("At 01:30, Monday through Thursday (Europe/London)").waitFor();
    expect(await slots.getByRole("listitem").count()).toBe(10);
    await slots.getByText("No slot falls into what", { exact: false }).waitFor();
    await field("Repeats").selectOption({ label: "every day" });
    await slots.getByText(/01:30 (comes twice|is left out) that day/).waitFor();
    // What is written shows in the words.
    await field("Cron").fill("0 7 1 * *");
    expect(await field("Repeats").inputValue()).toBe("monthly");
    expect(await field("Day of the month").inputValue()).toBe("1");
    await app.expectAccessible();
    expect(app.strange().filter((it) => !it.includes("status of 404"))).toEqual([]);
  });

  it("says what is wrong beside the field that it is about", async () => {
    const expectProblem = async (control: Locator, text: RegExp): Promise<void> => {
      const said = page.locator(".field").filter({ has: control }).getByText(text);
      await said.waitFor();
      expect(await control.getAttribute("aria-invalid")).toBe("true");
      expect(await control.getAttribute("aria-describedby")).toContain(await said.getAttribute("id"));
    };
    await field("Cron").fill("0 7 * *");
    await expectProblem(field("Cron"), /^Cron expression "0 7 \* \*" cannot be read/);
    await field("Cron").fill("0 7 * * *");
    await field("Time zone").fill("Nowhere");
    await expectProblem(field("Time zone"), /^Time zone "Nowhere" is not known/);
    await app.expectAccessible();
    await field("Time zone").fill("Europe/London");
    await page.getByLabel(/^day/).fill("${trigger.slott}");
    await expectProblem(page.getByLabel(/^day/), /^Parameter "day": /);
    await page.getByLabel(/^day/).fill("${trigger.slot.year}");
    await expectProblem(page.getByLabel(/^day/), /an instant has date\(\), getFullYear\(\)/);
    const follows = page.getByLabel("What day is in each slot");
    await follows.selectOption("the day before");
    expect(await page.getByLabel(/^day/).inputValue()).toBe(
      '${(trigger.slot - duration("24h")).date("Europe/London")}',
    );
    await page.getByLabel(/^day/).fill("${trigger.slot.date()}");
    expect(await follows.locator("option:checked").innerText()).toBe("what the expression says");
    await page
      .getByText(/^day "\d{4}-\d\d-\d\d"$/)
      .first()
      .waitFor();
    expect(await page.locator('[aria-invalid="true"]').count()).toBe(0);
    expect(app.strange().filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  });

  it("tries it first, and goes to the page of what it has made", async () => {
    await button("Test run").click();
    const tried = page.getByRole("region", { name: "Test run" });
    await tried.getByText("Succeeded").waitFor();
    const [run] = (await app.platform.client.listRuns()).runs;
    expect(JSON.parse(run?.parameters.text ?? "")).toEqual({
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });

    await page.getByText("Slots that overlap or are missed").click();
    await field("If a slot comes while a run is under way").selectOption({ label: "it starts too" });
    await field("The most runs at a time").fill("3");
    await field("Slots that were missed while no server ran").selectOption({ label: "all are made good" });
    await field("The most that are made good").fill("5");
    await field("Each slot runs").selectOption({ index: 1 });
    await page.getByText("If a run fails, nobody gets a mail", { exact: false }).waitFor();
    await app.expectAccessible();
    await button("Schedule").click();
    await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
    id = page.url().split("/").at(-1) ?? "";
    expect(await app.platform.client.getSchedule(id)).toMatchObject({
      name: "report",
      spec: { kind: "cron", cron: "0 7 * * *", time_zone: "Europe/London" },
      parameters: { text: '{"day":{"cel":"trigger.slot.date()"}}' },
      concurrency: { kind: "parallel", limit: 3 },
      catch_up: { kind: "all", cap: 5 },
      follows: "promoted",
      settings: { keep_kernel_ms: 600_000, memory_bytes: null },
    });
    await page.getByRole("heading", { name: "report", level: 1 }).waitFor();
    await page.getByText("It has had no slot yet.", { exact: false }).waitFor();
    expect(await page.getByRole("region", { name: "Next slots" }).getByRole("listitem").count()).toBe(10);
    await app.expectAccessible();
    expect(app.strange().filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  });

  it("shows what became of its slots, and what holds for it", async () => {
    await page.getByRole("button", { name: "Run now: report" }).click();
    const row = page.getByRole("row", { name: /by hand Succeeded/ });
    await row.waitFor();
    await app.expectAccessible();
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByText("${trigger.slot.date()}", { exact: true }).waitFor();
    await page.getByText("up to 3 runs at a time").waitFor();
    await app.expectAccessible();
    await page.getByRole("link", { name: "Slots", exact: true }).click();
    await row.getByRole("link").click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    await page.getByRole("link", { name: "report", exact: true }).click();
    await page.waitForURL(new RegExp(`/schedules/${id}$`));
    expect(app.strange()).toEqual([]);
  });

  it("is changed in the form that made it, and what nobody touched stays to the letter", async () => {
    const { client } = app.platform;
    await client.updateSchedule(id, {
      parameters: new RawJson(
        '{"day":{"cel":"trigger.slot.date()"},"rate":1.0,"stranger":12345678901234567890}',
      ),
    });
    const before = await client.getSchedule(id);
    await page.reload();
    await button("Edit …").click();
    expect(await page.getByLabel(/^day/).inputValue()).toBe("${trigger.slot.date()}");
    await field("Name of the schedule").fill("morning report");
    await page.getByLabel(/^region/).fill("south");
    await field("Repeats").selectOption({ label: "every few minutes" });
    await field("Every").selectOption({ label: "20 minutes" });
    await app.expectAccessible();
    await button("Save").click();
    await page.getByRole("heading", { name: "morning report", level: 1 }).waitFor();
    const after = await client.getSchedule(id);
    expect(after).toMatchObject({
      name: "morning report",
      spec: { cron: "*/20 * * * *", time_zone: "Europe/London" },
      source_hash: before.source_hash,
      concurrency: { kind: "parallel", limit: 3 },
    });
    expect(after.parameters.text).toBe(
      '{"day":{"cel":"trigger.slot.date()"},"rate":1.0,"stranger":12345678901234567890,"region":"south"}',
    );
    expect(app.strange()).toEqual([]);
  });

  it("tells people and programs, and says who is told", async () => {
    await page.getByRole("link", { name: "Alerts" }).click();
    await page.getByText("Nobody is told of it.", { exact: false }).waitFor();
    await button("New alert …").click();
    await field("Tell").selectOption({ label: "a chat or a program" });
    await field("Address of its webhook").fill("ftp://127.0.0.1:9/hooks/secret");
    await page.getByLabel("a run is slow").check();
    await field("Late or slow is, in minutes").fill("30");
    await button("Add the alert").click();
    await page.getByRole("alert").waitFor();
    await app.expectAccessible();
    await field("Address of its webhook").fill("http://127.0.0.1:9/hooks/secret");
    await button("Add the alert").click();
    const rule = page.getByRole("listitem").filter({ hasText: "a run is slow" });
    await rule.waitFor();
    expect(await rule.innerText()).not.toContain("secret");
    expect((await app.platform.client.getDeliveryRules(id)).rules).toMatchObject([
      {
        on: ["failed", "not_started", "slow"],
        after_seconds: 1800,
        to: { kind: "webhook", format: "slack" },
      },
    ]);
    await app.expectAccessible();
    await rule.getByRole("button", { name: /^Remove the alert to/ }).click();
    await page.getByText("Nobody is told of it.", { exact: false }).waitFor();
    expect((await app.platform.client.getDeliveryRules(id)).rules).toEqual([]);
    expect(app.strange().filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  });

  it("promotes what is in the workspace once somebody has seen what that changes", async () => {
    await page.getByRole("link", { name: "Promotion" }).click();
    await page.getByText("as they were promoted", { exact: false }).waitFor();
    expect(await button("Promote").isDisabled()).toBe(true);
    await writeNotebook(report, [PARAMETERS, "print('the day is', day, region, rate)"]);
    await page.reload();
    await page.getByText("+print('the day is', day, region, rate)").waitFor();
    await app.expectAccessible();
    const before = await app.platform.client.getSchedule(id);
    await button("Promote").click();
    await page.getByText("The notebook and its files are as they were promoted.").waitFor();
    expect((await app.platform.client.getSchedule(id)).source_hash).not.toBe(before.source_hash);
    expect(app.strange()).toEqual([]);
  });

  it("fills in slots of the past", async () => {
    await app.platform.client.updateSchedule(id, {
      spec: { kind: "cron", cron: "0 6 * * *", time_zone: "UTC" },
    });
    await page.reload();
    await page.getByRole("link", { name: "Backfill" }).click();
    await field("From").fill("2026-01-01");
    await field("Until, not included").fill("2026-01-03");
    await field("At a time").fill("2");
    await button("Preview").click();
    const what = page.getByRole("region", { name: "What the backfill does" });
    await what.getByText("2 slots").waitFor();
    await app.expectAccessible();
    await button("Start these 2").click();
    await page.getByText("The backfill has succeeded: 2 of 2 slots.").waitFor();
    await app.expectAccessible();
    expect(app.strange()).toEqual([]);
  });

  it("pauses, goes on and is deleted, and the list shows how it stands", async () => {
    await page.getByRole("button", { name: "Pause morning report" }).click();
    await page.getByText("None while it is paused.").waitFor();
    await page.getByText(/^Paused by /).waitFor();
    await app.expectAccessible();
    await app.goTo("/schedules");
    const row = page.getByRole("row", { name: /^morning report/ });
    await row.getByText("Paused").waitFor();
    await row.getByText("Succeeded").waitFor();
    await row.getByRole("button", { name: "Resume morning report" }).click();
    await row.getByRole("button", { name: "Pause morning report" }).waitFor();
    await app.expectAccessible();
    await row.getByRole("link", { name: "morning report" }).click();
    await button("Delete …").click();
    await app.expectAccessible();
    await button("Keep it").click();
    expect((await app.platform.client.getSchedule(id)).deleted_at).toBeNull();
    await button("Delete …").click();
    await button("Delete").click();
    await page.waitForURL(/\/schedules$/);
    await page.getByText("Nothing is scheduled.", { exact: false }).waitFor();
    // What it was can still be read.
    await app.goTo(`/schedules/${id}`);
    await page.getByText("None: it is deleted.").waitFor();
    expect(await page.getByRole("button", { name: /^Run now|^Edit|^Delete|^Pause/ }).count()).toBe(0);
    await app.expectAccessible();
    expect(app.strange()).toEqual([]);
  });

  it("makes a schedule that a webhook fires, shows its secret once, and what the event said", async () => {
    await app.goTo("/schedules");
    await button("New schedule …").click();
    await field("Notebook").fill("~/report.ipynb");
    await button("Next").click();
    await page.getByLabel(/^region/).fill("${trigger.body.region}");
    await field("Runs").selectOption({ label: "when its webhook is called" });
    await page.getByText("What follows an event is known with the event", { exact: false }).waitFor();
    await app.expectAccessible();
    await button("Schedule").click();
    await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
    await page.getByText("Nobody knows: each event is a slot.").waitFor();
    await button("Make a new secret").click();
    const secret = await page.getByLabel("Secret, shown this once").inputValue();
    await app.expectAccessible();
    const answer = await fetch(await page.getByLabel("Webhook", { exact: true }).inputValue(), {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: '{"region": "west"}',
    });
    expect(answer.status).toBe(202);
    const row = page.getByRole("row", { name: /Succeeded/ });
    await row.waitFor();
    await row.getByText("what the event said").click();
    await row.getByText('{"region": "west"}').waitFor();
    await row.getByRole("link").click();
    await page.getByText("the day is west 1.0", { exact: false }).waitFor();
    expect(app.strange().filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  });

  it("follows the runs of another schedule, and files, and intervals", async () => {
    const { client } = app.platform;
    const [hook] = (await client.listSchedules()).schedules;
    const openForm = (): Promise<void> => app.goTo(`/view${hook?.path}?run=schedule`);
    await openForm();
    await field("Name of the schedule").fill("follower");
    await field("Runs").selectOption({ label: "after other runs" });
    await field("After the runs of").selectOption({ label: "report" });
    await page.getByLabel("failed").check();
    await app.expectAccessible();
    await button("Schedule").click();
    await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
    await openForm();
    await field("Name of the schedule").fill("on files");
    await field("Runs").selectOption({ label: "when a file appears or changes" });
    await field("Files").fill("~/in/*.csv");
    await button("Schedule").click();
    await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
    await openForm();
    await field("Name of the schedule").fill("often");
    await field("Runs").selectOption({ label: "every so often" });
    await field("Every").fill("3");
    await page.getByText("Every 3 hours from", { exact: false }).waitFor();
    await button("Schedule").click();
    await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
    const specs = (await client.listSchedules()).schedules.map(({ name, spec }) => [name, spec]);
    expect(specs).toMatchObject([
      ["often", { kind: "interval", every_seconds: 10_800 }],
      ["on files", { kind: "file", pattern: expect.stringMatching(/^\/home\/.*\/in\/\*\.csv$/) }],
      ["follower", { kind: "after", schedule_id: hook?.id, outcomes: ["succeeded", "failed"] }],
      ["report", { kind: "webhook" }],
    ]);
    expect(app.strange().filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  });

  it("puts a workflow on a schedule, and changes that", async () => {
    const { client } = app.platform;
    await writeFile(join(place.home, "x"), "");
    const { workflow } = await client.applyWorkflow({
      name: "nightly",
      definition: new RawJson(
        '{"parameters": {"region": "us"}, "steps": [{"key": "report", "type": "notebook", "path": "~/report.ipynb"}]}',
      ),
    });
    await app.goTo(`/schedules?workflow=${workflow?.id}`);
    await page.getByLabel(/^region/).fill("${trigger.slot.date()}");
    await app.expectAccessible();
    await button("Schedule").click();
    await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
    await page.getByRole("link", { name: "Workflow nightly" }).waitFor();
    await button("Edit …").click();
    await page.getByLabel(/^region/).fill("eu");
    await button("Save").click();
    await button("Save").waitFor({ state: "detached" });
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByText("eu", { exact: true }).waitFor();
    await app.expectAccessible();
    expect(app.strange().filter((it) => !/status of 4\d\d/.test(it))).toEqual([]);
  });
});
