/// <reference lib="dom" />
import { rm, writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { RawJson } from "../../packages/json/src/index.ts";
import { describeWith } from "../requirements.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow } from "../support/platform.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

/** Prints more than fits a window, waits for a file, and prints more then. */
const WAITS = `
import os, time
for n in range(200): print("line", n)
for flag, end in ("more", 300), ("end", 301):
    while not os.path.exists(os.path.join(place, flag)): time.sleep(0.02)
    for n in range(end - 100 if end == 300 else 300, end): print("line", n)
`;

describeWith(CHROMIUM, "the page of a run, in Chromium", () => {
  const place = newAppPlace();
  const homePath = (name: string): string => `/home/${userInfo().username}/${name}`;
  let app: AppBed;
  let page: Page;
  let client: AppBed["platform"]["client"];
  let failed: string;

  beforeAll(async () => {
    const { home } = place;
    app = await openAppBed(place, async () => {
      await writeNotebook(join(home, "failing.ipynb"), ["x = 1", "print('before')", "1 / 0"]);
      await writeNotebook(join(home, "declares.ipynb"), ["year = 2014"]);
      await writeFile(join(home, "gone.txt"), "here for now");
      await writeNotebook(join(home, "takes.ipynb"), [
        "",
        "import time\nblock = bytearray(90_000_000)\ntime.sleep(2.5)",
      ]);
      await writeNotebook(join(home, "waits.ipynb"), [`place = ${JSON.stringify(home)}`, WAITS]);
    });
    ({ page } = app);
    ({ client } = app.platform);
    ({ id: failed } = await client.submitRun({ path: homePath("failing.ipynb") }));
    await follow(client, failed);
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

  /** What is strange, but that the browser writes down that an output is not there yet. */
  const strange = (): readonly string[] => app.strange().filter((it) => !/^console .* 404 /.test(it));

  it("says in place what a code means: of a run that failed, of what is not there, and of what was refused", async () => {
    await app.goTo(`/runs/${failed}`);
    const code = page.getByRole("button", { name: "CELL_FAILED" });
    await code.press("Enter");
    await page.getByText("mend the notebook or its parameters and run again").waitFor();
    expect(await page.locator(".explanation code").first().innerText()).toBe("raises-exception");
    expect(await code.getAttribute("aria-expanded")).toBe("true");
    await app.expectAccessible();
    await code.click();
    expect(await page.locator(".explanation").count()).toBe(0);
    expect(app.strange()).toEqual([]);

    await app.goTo(`/view${homePath("none.ipynb")}`);
    await page.getByRole("button", { name: "FILE_NOT_FOUND" }).click();
    await page.locator(".problem .explanation").waitFor();
    await app.expectAccessible();

    // What was refused is said in passing, and somebody else has deleted the file by then.
    await app.goTo(`/view${homePath("").replace(/\/$/, "")}`);
    const button = page.getByRole("button", { name: "Delete gone.txt" });
    await button.waitFor();
    await rm(join(place.home, "gone.txt"));
    await button.click();
    const notice = page.getByRole("region", { name: "Notices" });
    await notice.getByRole("button", { name: "FILE_NOT_FOUND" }).click();
    await notice.locator(".explanation").waitFor();
    await app.expectAccessible();
    // The browser writes down that something was not found.
    app.strange();
  });

  it("says of a run that succeeded, too, what may not have been meant", async () => {
    const { id } = await client.submitRun({
      path: homePath("declares.ipynb"),
      parameters: new RawJson('{"yaer": 2015}'),
    });
    await follow(client, id);
    await app.goTo(`/runs/${id}`);
    const warnings = page.getByRole("list", { name: "Warnings" });
    await warnings.getByText("Passed unknown parameter: yaer; did you mean year?").waitFor();
    await warnings.getByRole("button", { name: "PARAMETER_UNKNOWN_NAME" }).click();
    await warnings.locator(".explanation").waitFor();
    await app.expectAccessible();
    expect((await client.getRun(failed)).warnings).toEqual([]);
    expect(app.strange()).toEqual([]);
  });

  it("shows the log while a run goes on, follows it until somebody scrolls up, and then has what the record has", async () => {
    const { id } = await client.submitRun({ path: homePath("waits.ipynb") });
    await app.goTo(`/runs/${id}?show=log`);
    const log = page.getByRole("group", { name: "Log" });
    const follow = page.getByRole("button", { name: "Follow" });
    await log.getByText("line 199").waitFor();
    /** How far it is from its end, in pixels. */
    const left = (): Promise<number> =>
      log.evaluate((it) => Math.round(it.scrollHeight - it.scrollTop - it.clientHeight));
    await expect.poll(left).toBeLessThan(24);
    await app.expectAccessible();
    await log.hover();
    await page.mouse.wheel(0, -600);
    await expect.poll(() => follow.getAttribute("aria-pressed")).toBe("false");
    const seen = await log.evaluate((it) => it.scrollTop);
    await writeFile(join(place.home, "more"), "");
    await log.getByText("line 299").waitFor({ state: "attached" });
    expect(await log.evaluate((it) => it.scrollTop)).toBe(seen);
    await follow.click();
    await expect.poll(left).toBeLessThan(24);
    const live = await log.innerText();
    await writeFile(join(place.home, "end"), "");
    await page.getByText("succeeded after").waitFor();
    await expect.poll(() => follow.count()).toBe(0);
    const { attempt } = await client.getRun(id);
    const kept = new TextDecoder().decode(await client.getRecordFile(id, { attempt, name: "log.txt" }));
    expect(kept.startsWith(live.trimEnd())).toBe(true);
    await page.getByText("line 300").waitFor();
    expect(strange()).toEqual([]);
  });

  it("offers in the palette what can be done with a run", async () => {
    const choose = async (typed: string): Promise<void> => {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill(typed);
      await page.keyboard.press("Enter");
    };
    await app.goTo(`/runs/${failed}?show=log`);
    await page.locator(".log").waitFor();
    await choose("cell that failed");
    const cell = page.locator(".notebook #cell-c2");
    await cell.waitFor();
    await expect.poll(() => cell.evaluate((it) => it.getBoundingClientRect().top < innerHeight)).toBe(true);
    // Once more from there, where the address has it already.
    await page.evaluate(() => scrollTo(0, 0));
    await choose("cell that failed");
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);

    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("run");
    const names = await page.getByRole("option").allInnerTexts();
    expect(names).toEqual(expect.arrayContaining(["Run it again", "Compare this run with …"]));
    expect(names).not.toContain("Cancel this run");
    await app.expectAccessible();
    await page.keyboard.press("Escape");

    const downloading = page.waitForEvent("download");
    await choose("download");
    expect((await downloading).suggestedFilename()).toBe(`${failed}.ipynb`);
    await choose("compare this");
    await page.waitForURL(/\/compare\?/);
    await app.goTo(`/runs/${failed}`);
    await page.getByRole("button", { name: "Run again", exact: true }).waitFor();
    await choose("other values");
    await page.getByRole("complementary", { name: "Run it again" }).waitFor();

    await rm(join(place.home, "more"), { force: true });
    const { id } = await client.submitRun({ path: homePath("waits.ipynb") });
    await app.goTo(`/runs/${id}`);
    await page.getByText("line 199").waitFor({ state: "attached" });
    await choose("cancel this");
    await page.getByText("cancelled").first().waitFor();
    await choose("run it again");
    await page.waitForURL((url) => url.pathname.startsWith("/runs/") && !url.pathname.endsWith(id));
    const again = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    expect((await client.getRun(again)).rerun_of).toBe(id);
    await client.cancelRun(again);
    await follow(client, again);
    expect(strange()).toEqual([]);
  });

  it("draws what the kernel took as time went on, beside what it might take", async () => {
    const { id } = await client.submitRun({ path: homePath("takes.ipynb"), memory_bytes: 512 * 2 ** 20 });
    await follow(client, id);
    await app.goTo(`/runs/${id}`);
    await page.getByRole("img", { name: /^Memory over .* of 512 MiB after / }).waitFor();
    await page.getByRole("img", { name: /^Processors over .* at the end$/ }).waitFor();
    expect(await page.locator(".usage-chart .limit").count()).toBe(1);
    await app.expectAccessible();
    expect(strange()).toEqual([]);
  });
});
