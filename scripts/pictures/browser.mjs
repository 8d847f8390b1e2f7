import { existsSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { SetupError } from "../setup/step.mjs";

/** Pixels of a picture for each of the page's, so that it is sharp on good screens. */
const SCALE = 1.5;

/** Of the pictures of the web app, from 0 to 100: letters are as sharp as on the screen, in a tenth of a PNG. */
const QUALITY = 80;

/** How long a page may take on a machine that is busy, in milliseconds. */
const PATIENCE_MS = 120_000;

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
    /** Opens the web app on a screen, for pictures of its pages. Whoever opens it closes it. */
    async openApp({ url, token }, { width, height, theme }) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: "reduce",
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const page = await context.newPage();
      const session = await context.newCDPSession(page);
      return {
        close: () => context.close(),
        /** Takes a picture of a page, once what it `shows` is there. Without a cookie it asks for the token. */
        async take(path, { path: address, shows, press, keys = [], middle, isSignedOut = false }) {
          if (isSignedOut) await context.clearCookies();
          else if ((await context.cookies()).length === 0) await page.goto(`${url}/?token=${token}`);
          await page.goto(url + address);
          if (press !== undefined) await page.getByRole("button", { name: press }).click();
          if (keys.length > 0) await page.locator("main h1").waitFor();
          for (const key of keys) await page.keyboard.press(key);
          await page.locator(shows).first().waitFor();
          if (middle !== undefined)
            await page.locator(middle).evaluate((it) => it.scrollIntoView({ block: "center" }));
          await page.evaluate(async () => {
            await document.fonts.ready;
            await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
          });
          const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
          writeFileSync(path, data, "base64");
        },
      };
    },
  };
}
