/// <reference lib="dom" />
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { describeWith } from "../requirements.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { follow } from "../support/platform.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

describeWith(CHROMIUM, "the page of a run, in Chromium", () => {
  const place = newAppPlace();
  const homePath = (name: string): string => `/home/${userInfo().username}/${name}`;
  let app: AppBed;
  let page: Page;
  let failed: string;

  beforeAll(async () => {
    const { home } = place;
    app = await openAppBed(place, async () => {
      await writeNotebook(join(home, "failing.ipynb"), ["x = 1", "print('before')", "1 / 0"]);
    });
    ({ page } = app);
    const { client } = app.platform;
    ({ id: failed } = await client.submitRun({ path: homePath("failing.ipynb") }));
    await follow(client, failed);
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

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
    // The browser writes down that something was not found.
    app.strange();
  });
});
