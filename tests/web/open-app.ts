import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { PAGE_PATIENCE_MS } from "../../packages/html-export/test/chromium.ts";
import { findAccessibilityProblems } from "../../packages/html-export/test/find-accessibility-problems.ts";
import { settle } from "../../packages/html-export/test/inspect-page.ts";
import type { TestPlatform } from "../support/platform.ts";

/** The app in a page of a browser, signed in. */
export interface OpenApp {
  readonly page: Page;
  /** Goes to an address of the app. */
  goTo(path: string): Promise<void>;
  /** Says that nobody finds anything on the page hard to use. */
  expectAccessible(): Promise<void>;
  /** What has happened in the browser and should not have, since the last look. */
  strange(): readonly string[];
}

/** Opens the app of a server, and signs in. */
export async function openApp(
  browser: Browser,
  { url, token }: Pick<TestPlatform, "url" | "token">,
): Promise<OpenApp> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PAGE_PATIENCE_MS);
  const page = await context.newPage();
  let events: string[] = [];
  page.on("console", (message) => events.push(`console ${message.text().slice(0, 300)}`));
  page.on("pageerror", (error) => events.push(`error ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
      events.push(`request ${request.url()}`);
  });
  await page.goto(`${url}/?token=${token}`);
  await page.waitForURL(`${url}/`);
  return {
    page,
    goTo: async (path) => void (await page.goto(url + path)),
    async expectAccessible() {
      await settle(page);
      expect(await findAccessibilityProblems(page)).toEqual([]);
    },
    strange() {
      const seen = events;
      events = [];
      return seen;
    },
  };
}
