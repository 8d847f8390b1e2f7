import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportHtml } from "@notemill/html-export";
import { describeWith } from "../../../tests/requirements.ts";
import { CHROMIUM, launchChromium } from "./chromium.ts";
import { findAccessibilityProblems } from "./find-accessibility-problems.ts";
import { readFixture } from "./read-fixture.ts";

describeWith(CHROMIUM, "a page in a wider window", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });

  afterAll(() => browser.close());

  describe.each([1440, 1024])("%d pixels wide", (width) => {
    it.each(["light", "dark"] as const)(
      "has no problem that axe finds in the %s theme",
      async (colorScheme) => {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme, media: "screen" });
        await page.setContent(exportHtml(readFixture("report.ipynb"), { hidden: "fold" }));
        expect(await findAccessibilityProblems(page)).toEqual([]);
      },
    );
  });
});
