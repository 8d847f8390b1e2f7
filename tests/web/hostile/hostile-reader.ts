/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { showAll, strangeParts, type WebBed } from "../web-bed.ts";

/** Somebody who reads what is hostile, and to whom nothing must happen. */
export interface HostileReader {
  /** Goes to a place of the app, which is open already; looks at all of it, and points at all of it. */
  look(path: string, ready: Locator): Promise<void>;
  /** The same of the page that is open. The browser may tell of `expected`. */
  lookAround(expected?: RegExp): Promise<void>;
  /** Opens an address by itself, as from a bookmark. Tells whether the browser saves what is there. */
  open(address: string): Promise<"shown" | "saved">;
}

/** Makes one. */
export function hostileReader(bed: WebBed): HostileReader {
  const { page, canary } = bed;
  const lookAround: HostileReader["lookAround"] = async (expected) => {
    await showAll(page);
    await pointAtEverything(page);
    expect(await foreignParts(page)).toEqual([]);
    expect(await strangeParts(page)).toEqual([]);
    expect(bed.events.filter((it) => expected?.test(it) !== true)).toEqual([]);
    // A page may also only connect, to be faster later.
    expect(canary.connections()).toBe(0);
    await expectUntouched();
  };
  const expectUntouched = async (): Promise<void> => {
    expect(await page.evaluate(() => ["pwned" in globalThis, "polluted" in {}])).toEqual([false, false]);
    expect(canary.reached).toEqual([]);
  };
  return {
    lookAround,
    async look(path, ready) {
      bed.events = [];
      await page.evaluate((address) => {
        history.pushState(null, "", address);
        dispatchEvent(new PopStateEvent("popstate"));
      }, path);
      await ready.first().waitFor({ state: "attached" });
      await lookAround();
    },
    async open(address) {
      bed.events = [];
      const outcome = await page.goto(address).then(
        () => "shown" as const,
        (error: Error) => {
          if (!/Download is starting|ERR_ABORTED/.test(error.message)) throw error;
          return "saved" as const;
        },
      );
      if (outcome === "shown") await pointAtEverything(page);
      // What the policy stops, the browser tells of, as of a request too; whatever is sent reaches a canary.
      const isStopped = (event: string): boolean =>
        /^(?:console|request) |^navigation (?:chrome-error:|about:srcdoc)/.test(event);
      expect(bed.events.filter((it) => it !== `navigation ${address}` && !isStopped(it))).toEqual([]);
      await expectUntouched();
      return outcome;
    },
  };
}

/** Points at all that is there, focuses it, and clicks what somebody else has written. */
async function pointAtEverything(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const element of document.querySelectorAll("body *")) {
      const isTheirs = element.closest(".markup, .plain-text, main.notebook") !== null;
      const isLink = element.closest("a") !== null;
      for (const type of isTheirs && !isLink
        ? ["pointerover", "mouseover", "click"]
        : ["pointerover", "mouseover"])
        element.dispatchEvent(new MouseEvent(type, { bubbles: true }));
      if (element instanceof HTMLElement) element.focus({ preventScroll: true });
    }
  });
  // The page is drawn, which a page without scripts cannot be asked to tell of.
  await page.screenshot();
}

/** Elements and attributes that nothing of ours has: somebody else's text has become them. */
function foreignParts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const forbidden = "body script, iframe, object, embed, base, body link, body meta, marquee, [srcdoc]";
    for (const element of document.querySelectorAll(forbidden)) found.push(element.outerHTML.slice(0, 80));
    for (const element of document.querySelectorAll("*"))
      for (const { name, value } of element.attributes) {
        if (name.startsWith("on")) found.push(`<${element.localName} ${name}>`);
        const isAddress = ["href", "src", "xlink:href", "action", "formaction"].includes(name);
        if (isAddress && /^\s*(?:javascript|vbscript|data:text)/i.test(value))
          found.push(`${name} ${value.slice(0, 60)}`);
      }
    return found;
  });
}
