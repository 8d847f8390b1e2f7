/// <reference lib="dom" />
import { writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { describeWith } from "../requirements.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow } from "../support/platform.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

describeWith(CHROMIUM, "the list of runs, in Chromium", () => {
  const place = newAppPlace();
  const home = `/home/${userInfo().username}`;
  const marker = join(place.directory, "go on");
  let app: AppBed;
  let page: Page;
  let older: string;
  let newer: string;
  let sweep: string;

  beforeAll(async () => {
    app = await openAppBed(place, async () => {
      await writeNotebook(join(place.home, "report.ipynb"), ["year = 2020", "print(year)"]);
      await writeNotebook(join(place.home, "trial.ipynb"), [
        "x = 0",
        `import os, time\nassert x != 2\nwhile x == 3 and not os.path.exists(${JSON.stringify(marker)}): time.sleep(0.05)`,
      ]);
    });
    ({ page } = app);
    const { client } = app.platform;
    const report = async (year: number): Promise<string> =>
      (await client.submitRun({ path: "~/report.ipynb", parameters: new RawJson(`{"year":${year}}`) })).id;
    older = await report(2019);
    await follow(client, older);
    newer = await report(2021);
    await follow(client, newer);
    ({ id: sweep } = await client.submitSweep({
      path: "~/trial.ipynb",
      grid: new RawJson('{"x": [1, 2, 3]}'),
      concurrency: 1,
    }));
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

  const rows = (): Locator => page.locator(".runs tbody tr");
  const row = (id: string): Locator => rows().filter({ has: page.locator(`.name a[href$="/runs/${id}"]`) });
  const box = (id: string): Locator => row(id).getByRole("checkbox");

  it("has a sweep as one row that says what has failed in it, while it goes on, among those that failed", async () => {
    await app.goTo("/runs?status=failed");
    await row(sweep).getByText("Sweep, 2 of 3 done, 1 failed").waitFor();
    expect(await rows().count()).toBe(1);
    expect(await row(sweep).locator(".status").textContent()).toBe("Running");
    await app.goTo("/runs?status=queued");
    await page.getByRole("link", { name: "show them too" }).click();
    await page.waitForURL(/\/runs\?status=queued&children=true$/);
    await app.goTo("/runs");
    await row(sweep).waitFor();
    expect(await rows().count()).toBe(3);
    await app.expectAccessible();
    await writeFile(marker, "");
    // It comes by itself.
    await row(sweep).getByText("Sweep of 3, 1 failed").waitFor();
    await expect.poll(() => row(sweep).locator(".status").textContent()).toBe("Failed");
  });

  it("has the runs of sweeps too where they are wanted, as the address says", async () => {
    await page.getByLabel("Sweeps").selectOption("With their runs");
    await page.waitForURL(/\/runs\?children=true$/);
    await expect.poll(() => rows().count()).toBe(6);
    await page.getByRole("navigation", { name: "Status" }).getByRole("link", { name: "Failed" }).click();
    await page.waitForURL(/\/runs\?children=true&status=failed$/);
    await expect.poll(() => rows().count()).toBe(2);
    await page.reload();
    await expect.poll(() => rows().count()).toBe(2);
    await rows().getByRole("link", { name: "sweep", exact: true }).click();
    await page.waitForURL(new RegExp(`/runs/${sweep}$`));
  });

  it("compares two runs that were picked with the keyboard; Escape lets go of them", async () => {
    await app.goTo("/runs");
    await row(newer).waitFor();
    expect(await box(sweep).count()).toBe(0);
    const before = await row(older).boundingBox();
    await box(newer).focus();
    await page.keyboard.press("Space");
    const bar = page.getByRole("region", { name: "Picked runs" });
    await bar.getByText("Pick another to compare").waitFor();
    // Those of another notebook can be the other one.
    await page.getByLabel("Sweeps").selectOption("With their runs");
    await expect.poll(() => rows().count()).toBe(6);
    await page.getByLabel("Sweeps").selectOption("One row each");
    await expect.poll(() => rows().count()).toBe(3);
    await box(older).focus();
    await page.keyboard.press("Space");
    await expect.poll(() => page.getByRole("status").allTextContents()).toContain("2 picked");
    expect(await row(older).boundingBox(), "nothing has moved").toEqual(before);
    await app.expectAccessible();

    await page.keyboard.press("Escape");
    await expect.poll(() => bar.count()).toBe(0);
    expect([await box(older).isChecked(), await box(newer).isChecked()]).toEqual([false, false]);
    await box(newer).check();
    await box(older).check();
    await bar.getByRole("button", { name: "Clear" }).click();
    expect(await box(older).evaluate((it) => it === document.activeElement)).toBe(true);

    await box(newer).check();
    await box(older).focus();
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`/compare\\?a=${older}&b=${newer}$`));
    await page.getByText("2021").first().waitFor();
  });

  it("takes no third run, and has room for all of it on a phone", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await app.goTo(`/runs?children=true&path=${encodeURIComponent(`${home}/trial.ipynb`)}`);
    await expect.poll(() => rows().count()).toBe(4);
    const boxes = rows().getByRole("checkbox");
    expect(await boxes.count()).toBe(3);
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    expect(await boxes.nth(2).isDisabled()).toBe(true);
    await page.getByRole("link", { name: "Compare", exact: true }).waitFor();
    // Nothing is behind the edge of the window.
    const beyond = ({ scrollWidth, clientWidth }: Element): number => scrollWidth - clientWidth;
    expect(await page.locator("html").evaluate(beyond)).toBeLessThanOrEqual(0);
    await app.expectAccessible();
    await boxes.nth(0).uncheck();
    expect(await boxes.nth(2).isDisabled()).toBe(false);
    await boxes.nth(2).check();
    await page.getByRole("link", { name: "Compare", exact: true }).click();
    await page.waitForURL(/\/compare\?a=.*&b=/);
    expect(app.strange()).toEqual([]);
  });
});
