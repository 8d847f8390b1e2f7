/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { settle } from "../../packages/html-export/test/inspect-page.ts";
import { describeWith } from "../requirements.ts";
import { ATTEMPTS, DEPARTURES } from "./active-attempts.ts";
import { HOSTILE, type LanesDriver, startLanes } from "./lanes-driver.ts";
import { tryDeparture, tryScript } from "./try-script.ts";

describeWith(CHROMIUM, "hostile notebooks of which all is activated, in Chromium", () => {
  let lanes: LanesDriver;
  let page: Page;
  beforeAll(async () => {
    lanes = await startLanes();
    ({ page } = lanes);
  });
  afterAll(() => lanes?.[Symbol.asyncDispose]());

  it.each(HOSTILE)("%s does no harm", async (name) => {
    await lanes.open(name);
    await lanes.showAll();
    await page.evaluate(() => {
      for (const button of document.querySelectorAll<HTMLElement>(".activation button")) button.click();
    });
    await page.waitForFunction(() => document.querySelector(".activation button") === null);
    await settle(page);
    const frames = page.frames().slice(1);
    await Promise.all(frames.map((frame) => frame.evaluate(useAll).catch(() => undefined)));
    await lanes.expectNothing();
  });

  it.each(Object.entries(ATTEMPTS))("a script that %s gets nowhere", async (_name, script) =>
    tryScript(lanes, script),
  );

  it.each(DEPARTURES)("%s carries nothing away", async (script) => tryDeparture(lanes, script));
});

/** Points at and clicks all that is in a frame. Some have gone away by then. */
function useAll(): void {
  for (const element of document.querySelectorAll("body *")) {
    for (const type of ["pointerover", "mouseover", "click"])
      element.dispatchEvent(new MouseEvent(type, { bubbles: true }));
  }
}
