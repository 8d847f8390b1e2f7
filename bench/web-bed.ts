/// <reference lib="dom" />
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchChromium } from "../packages/html-export/test/chromium.ts";
import { startPlatform, type TestPlatform } from "../tests/support/platform.ts";

/** A server, and a browser that has its app open. */
export interface BrowserBed extends AsyncDisposable {
  readonly platform: TestPlatform;
  /** The home directory, as the app has it. */
  readonly home: string;
  readonly page: Page;
}

/** Starts a server in a directory whose `home` may hold files already, and opens its app. */
export async function openBrowserBed(directory: string, args: readonly string[] = []): Promise<BrowserBed> {
  await mkdir(join(directory, "home"), { recursive: true });
  const platform = await startPlatform(directory, args);
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(watchPage);
  await page.goto(`${platform.url}/?token=${platform.token}`);
  await page.waitForURL(`${platform.url}/`);
  return {
    platform,
    home: `/home/${process.env["USER"] ?? "root"}`,
    page,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await platform[Symbol.asyncDispose]();
    },
  };
}

/** What the browser's own clocks have said; times are in milliseconds since the page was made. */
interface Watched {
  /** When the mouse or a key was last pressed, as the browser stamped the event. */
  pressedAt: number;
  /** Tasks of more than 50 ms. */
  readonly tasks: { readonly start: number; readonly ms: number }[];
  /** From each press of a key that took more than 16 ms to what it changed on the screen. */
  readonly keys: number[];
  /** When the text that was asked for was on the screen. */
  readonly shown: Map<string, number>;
  /** What becomes true of the page, and when it did. */
  readonly awaited: { readonly selector: string; readonly count: number; at: number }[];
}

declare global {
  var watched: Watched;
}

/** Runs in the page before its own programs do. */
function watchPage(): void {
  const watched: Watched = { pressedAt: 0, tasks: [], keys: [], shown: new Map(), awaited: [] };
  globalThis.watched = watched;
  const observe = (
    options: PerformanceObserverInit & { durationThreshold?: number },
    add: (entry: PerformanceEntry) => void,
  ): void => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) add(entry);
    }).observe(options);
  };
  observe({ type: "longtask" }, ({ startTime, duration }) => {
    watched.tasks.push({ start: startTime, ms: duration });
  });
  observe({ type: "event", durationThreshold: 16 }, ({ duration, name }) => {
    if (name === "keydown") watched.keys.push(duration);
  });
  observe({ type: "element" }, (entry) => {
    const { identifier, renderTime } = entry as PerformanceEntry & { identifier: string; renderTime: number };
    if (!watched.shown.has(identifier)) watched.shown.set(identifier, renderTime);
  });
  for (const type of ["pointerdown", "keydown"])
    addEventListener(
      type,
      ({ timeStamp }) => {
        watched.pressedAt = timeStamp;
      },
      { capture: true },
    );
  // Before the browser draws what a program has put into the page, this has looked at it.
  new MutationObserver(() => {
    for (const wanted of watched.awaited) {
      if (wanted.at > 0) continue;
      const found = document.querySelectorAll(wanted.selector);
      if (found.length < wanted.count) continue;
      wanted.at = performance.now();
      // Text counts as its block's.
      let block = found[0] ?? null;
      while (block !== null && getComputedStyle(block).display === "inline") block = block.parentElement;
      block?.setAttribute("elementtiming", wanted.selector);
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}

/** What came of a press; all times are in milliseconds since it. */
export interface Shown {
  /** When the first of the elements was painted. */
  readonly painted: number;
  /** When the main thread had no more task of over 50 ms to do, with a second behind that. */
  readonly usable: number;
  /** The longest task until then; 0 where none took 50 ms. */
  readonly longestTask: number;
}

/**
 * Presses something, and waits until so many elements of a kind are in the page and the first of them is painted.
 *
 * @param selector - Elements with text of their own, none of which is there before.
 */
export async function press(
  page: Page,
  gesture: () => Promise<void>,
  { selector, count }: { readonly selector: string; readonly count: number },
): Promise<Shown> {
  await page.evaluate(
    (wanted) => {
      watched.shown.clear();
      watched.tasks.length = 0;
      watched.awaited.splice(0, Number.POSITIVE_INFINITY, ...wanted);
    },
    [
      { selector, count: 1, at: 0 },
      { selector, count, at: 0 },
    ],
  );
  await gesture();
  await page.waitForFunction(
    (name) => {
      const last = Math.max(0, ...watched.tasks.map(({ start, ms }) => start + ms));
      return (
        watched.shown.has(name) &&
        watched.awaited.every(({ at }) => at > 0) &&
        performance.now() - last > 1000 &&
        performance.now() - watched.pressedAt > 1000
      );
    },
    selector,
    { timeout: 120_000 },
  );
  return page.evaluate((name) => {
    const { shown, pressedAt, tasks, awaited } = watched;
    const painted = shown.get(name) ?? Number.NaN;
    const ends = tasks.map(({ start, ms }) => start + ms);
    return {
      painted: painted - pressedAt,
      usable: Math.max(painted, ...ends, ...awaited.map(({ at }) => at)) - pressedAt,
      longestTask: Math.max(0, ...tasks.map(({ ms }) => ms)),
    };
  }, selector);
}

/** How long what the browser tells of the last keys is waited for, in milliseconds. */
const LAST_KEYS_MS = 1000;

/** What came of pressing keys; in milliseconds. */
export interface KeyTimes {
  /** How long each took to show; 16 at least. */
  readonly keys: readonly number[];
  /** The longest task meanwhile; 0 where none took 50 ms. */
  readonly longestTask: number;
}

/** Presses a key again and again for some time. */
export async function keyTimes(
  page: Page,
  { forMs, everyMs }: { readonly forMs: number; readonly everyMs: number },
): Promise<KeyTimes> {
  await page.evaluate(() => {
    watched.keys.length = 0;
    watched.tasks.length = 0;
  });
  const end = performance.now() + forMs;
  let count = 0;
  for (; performance.now() < end; count++) {
    await page.keyboard.press("Tab");
    await page.waitForTimeout(everyMs);
  }
  // The browser tells of a key when the screen has changed: of the last ones, and the slowest, only now.
  await page.waitForTimeout(LAST_KEYS_MS);
  const { keys: slow, tasks } = await page.evaluate(() => ({ keys: watched.keys, tasks: watched.tasks }));
  return {
    keys: Array.from({ length: count }, (_, at) => slow[at] ?? 16),
    longestTask: Math.max(0, ...tasks.map(({ ms }) => ms)),
  };
}
