import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { SetupError } from "../setup/step.mjs";

/** Pixels of a picture for each of the page's, so that it is sharp on good screens. */
const SCALE = 1.5;

/** Opens the system's Chromium, in which pages become pictures. Whoever opens it closes it. */
export async function openBrowser() {
  const executablePath = (process.env.PATH ?? "")
    .split(delimiter)
    .map((directory) => join(directory, "chromium"))
    .find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new SetupError("the pictures are taken in Chromium", "apt-get install chromium");
  }
  const browser = await chromium.launch({
    executablePath,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
  });
  return {
    close: () => browser.close(),
    /** Takes one picture: of `only`, of the first `height` pixels, or of the whole page. */
    async take(path, { url, html }, { width, height, theme, only }) {
      const page = await browser.newPage({
        viewport: { width, height: height ?? 400 },
        colorScheme: theme,
        deviceScaleFactor: SCALE,
      });
      await (html === undefined ? page.goto(url) : page.setContent(html));
      const place = only === undefined ? page : page.locator(only);
      await place.screenshot({ path, ...(only === undefined ? { fullPage: height === undefined } : {}) });
      await page.close();
    },
    /** Takes a picture of a page of the web app, once what it `shows` is there. */
    async takeSignedIn(path, { path: address, shows, press }, { url, token, width, height, theme }) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      await page.goto(`${url}/?token=${token}`);
      await page.goto(url + address);
      if (press !== undefined) await page.getByRole("button", { name: press }).click();
      await page.locator(shows).first().waitFor();
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path });
      await context.close();
    },
  };
}
