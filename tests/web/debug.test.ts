/// <reference lib="dom" />
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { describeWith } from "../requirements.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow, type TestPlatform } from "../support/platform.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

const NOW = new Date();
/** The month of the schedule's only slot in a year, counted from 0: half a year away, so that none comes meanwhile. */
const MONTH = (NOW.getUTCMonth() + 6) % 12;

/** A run of a schedule has failed in the night; all that follows is done in the browser. */
describeWith(CHROMIUM, "a run that failed, in Chromium", () => {
  const place = newAppPlace();
  const file = join(place.home, "report.ipynb");
  let platform: TestPlatform;
  let app: AppBed;
  let runId = "";

  beforeAll(async () => {
    app = await openAppBed(place, () =>
      writeNotebook(file, [
        "region = 'north'\nday = '2026-01-01'",
        "rows = [3, 4]",
        "print('mean', sum(rows) / count)",
        "print('the end')",
      ]),
    );
    ({ platform } = app);
    const { client } = platform;
    const { id } = await client.createSchedule({
      path: "~/report.ipynb",
      spec: { kind: "cron", cron: `0 0 1 ${MONTH + 1} *`, time_zone: "UTC" },
      follows: "promoted",
      parameters: new RawJson('{"day":{"cel":"trigger.slot.date()"}}'),
      keep_kernel_ms: 600_000,
    });
    // Two slots ago.
    const slot = new Date(
      Date.UTC(NOW.getUTCFullYear() - (MONTH > NOW.getUTCMonth() ? 2 : 1), MONTH),
    ).toISOString();
    const run = await client.runSchedule(id, { slot });
    await follow(client, run.id);
    runId = run.id;
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

  it("shows the error on top and the cell below it, and has the variables alive in a console", async () => {
    const { page } = app;
    await app.goTo(`/runs/${runId}`);
    const why = page.getByRole("region", { name: "Why it did not succeed" });
    expect(await why.innerText()).toContain("NameError: name 'count' is not defined");
    const debug = page.getByRole("region", { name: "Debug here" });
    expect(await debug.getByLabel("Source of the cell that stopped the run").inputValue()).toContain(
      "/ count",
    );
    await debug.getByText(/kept for another 10 min/).waitFor();
    await app.expectAccessible();

    const line = debug.getByLabel("Code for the kernel");
    const log = debug.getByRole("log");
    await line.fill("[region, rows]");
    await line.press("Enter");
    await log.getByText("['north', [3, 4]]").waitFor();
    await debug.getByRole("button", { name: "Execute" }).waitFor();
    await line.fill("import time\nprint('slow')\ntime.sleep(600)");
    await line.press("Enter");
    await log.getByText("slow", { exact: true }).waitFor();
    await debug.getByRole("button", { name: "Interrupt" }).click();
    await log.getByText(/^Interrupted/).waitFor();
    await debug.getByRole("button", { name: "Execute" }).waitFor();
    await line.press("ArrowUp");
    expect(await line.inputValue()).toContain("sleep");
    await line.press("Home");
    await line.press("ArrowUp");
    await line.press("ArrowUp");
    await line.press("ArrowUp");
    expect(await line.inputValue()).toBe("[region, rows]");
    await app.expectAccessible();
    expect(app.strange()).toEqual([]);
  });

  it("tries the mended cell, goes on from it, keeps the fix, promotes it, and runs what has failed", async () => {
    const { page } = app;
    const { client } = platform;
    const debug = page.getByRole("region", { name: "Debug here" });
    const cell = debug.getByLabel("Source of the cell that stopped the run");
    await cell.fill("print('mean', sum(rows) / len(rows))");
    await debug.getByRole("button", { name: "Try it" }).click();
    await debug.getByRole("log").getByText("mean 3.5", { exact: true }).waitFor();
    await debug.getByRole("button", { name: "Execute" }).waitFor();
    await debug.getByRole("button", { name: "Go on from here" }).click();

    await page.waitForURL((url) => !url.pathname.endsWith(runId) && url.pathname.startsWith("/runs/"));
    await page.getByText("Succeeded", { exact: true }).waitFor();
    await page.getByText("the end", { exact: true }).waitFor();
    const mended = page.getByRole("region", { name: "What was mended" });
    await mended.getByText("One cell was mended for this run").waitFor();
    await app.expectAccessible();
    const resumed = new URL(page.url()).pathname;
    await mended.getByRole("button", { name: "Test it from the start" }).click();
    await page.waitForURL((url) => url.pathname.startsWith("/runs/") && url.pathname !== resumed);
    await page.getByText("Succeeded", { exact: true }).waitFor();
    await mended.getByText("One cell was mended for this run").waitFor();
    expect(await mended.getByRole("button", { name: "Test it from the start" }).count()).toBe(0);
    await mended.getByRole("button", { name: "Save the fix in the notebook" }).click();
    await mended.getByRole("link", { name: "report.ipynb" }).waitFor();
    expect(await readFile(file, "utf8")).toContain("len(rows)");
    await mended.getByText("+print('mean', sum(rows) / len(rows))").waitFor();
    await app.expectAccessible();
    await mended.getByRole("button", { name: "Promote" }).click();
    await mended.getByRole("button", { name: "Backfill what failed …" }).click();
    await mended.getByText("2 slots since").waitFor();
    await app.expectAccessible();
    await mended.getByRole("button", { name: "Run these 2" }).click();
    await mended.getByText("The backfill has succeeded: 2 of 2 slots.").waitFor();
    // The run that failed leads to what came of it.
    await app.goTo(`/runs/${runId}`);
    const why = page.getByRole("region", { name: "Why it did not succeed" });
    await why.getByText("Run again: ").waitFor();
    await why.getByText("Succeeded").waitFor();
    await why.getByRole("link", { name: /^[0-9a-f]{8}$/ }).click();
    await page.getByRole("region", { name: "What was mended" }).waitFor();
    const { runs } = await client.listRuns({ status: "succeeded" });
    expect(runs).toHaveLength(4);
    expect(app.strange()).toEqual([]);
  });

  it("makes a draft of a run whose kernel is gone, and runs it again with another value and cell", async () => {
    const { page } = app;
    await app.goTo(`/runs/${runId}`);
    const debug = page.getByRole("region", { name: "Debug here" });
    await debug.getByText("The kernel has ended, and its variables with it.").waitFor();
    await app.expectAccessible();
    await debug.getByRole("button", { name: "Clone as a draft" }).click();
    await page.waitForURL(/\/view\/home\/[^/]+\/drafts\/report-\w{6}\.ipynb$/);
    const draft = await readFile(join(place.home, "drafts", `report-${runId.slice(-6)}.ipynb`), "utf8");
    expect(draft).toContain("/ count");
    expect(draft).not.toContain("papermill-error-cell-tag");

    await app.goTo(`/runs/${runId}?again=`);
    await page.getByLabel("region").fill("south");
    await app.expectAccessible();
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(runId));
    const second = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    await page.getByText(/kept for another 10 min/).waitFor();
    await page.getByRole("button", { name: "End it now" }).click();
    await page.getByText("The kernel has ended, and its variables with it.").waitFor();
    expect((await platform.client.getRun(second)).parameters.text).toContain('"region":"south"');
    const cell = page.getByLabel("Source of the cell that stopped the run");
    await cell.fill("print(region, 'is whole')");
    await page.getByRole("button", { name: "Run again with this cell, and keep the kernel" }).click();
    await page.getByText("south is whole", { exact: true }).waitFor();
    await page.getByText("Succeeded", { exact: true }).waitFor();
    expect(app.strange()).toEqual([]);
  });
});
