import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exportHtml } from "@notemill/html-export";
import { type Canary, openCanary } from "./canary.ts";
import { launchWithProfile } from "./chromium.ts";
import { findActiveParts, settle, shapeOf, useEverything } from "./inspect-page.ts";
import { openPageServer, type PageServer } from "./page-server.ts";
import { readFixture } from "./read-fixture.ts";

/** A browser with a reader in it, who looks at what hostile notebooks become. */
export interface HostileBed {
  /** What has happened in the browser since the last page was opened. */
  readonly events: () => readonly string[];
  readonly page: () => Page;
  readonly canary: () => Canary;
  /** Opens a page as a reader. */
  readonly visit: (html: string) => Promise<void>;
  /** Tests that the pages of these notebooks do nothing, with the policy of a page and without. */
  readonly testNotebooks: (names: readonly string[]) => void;
}

/** Makes one, within a `describe`, for the time of its tests. */
export function hostileBed(): HostileBed {
  let canary: Canary;
  let pages: PageServer;
  let context: BrowserContext;
  const profile = mkdtempSync(join(tmpdir(), "notemill-profile-"));
  let page: Page;

  beforeAll(async () => {
    canary = await openCanary();
    pages = await openPageServer();
    context = await launchWithProfile(profile, `127.0.0.1:${canary.httpPort}`, {
      viewport: { width: 390, height: 800 },
    });
  });

  afterAll(async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true });
    await pages[Symbol.asyncDispose]();
    await canary[Symbol.asyncDispose]();
  });

  /** Points the addresses of a fixture at the UDP canary; all names under .example lead to the other one. */
  const read = (name: string) =>
    readFixture(`hostile/${name}`, [["canary.example:3478", `127.0.0.1:${canary.udpPort}`]]);

  /** Notes all that happens in the browser while a reader looks at a page. */
  let events: string[] = [];
  let address = "";

  beforeAll(async () => {
    page = await context.newPage();
    page.on("dialog", (dialog) => {
      events.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("console", (message) => events.push(`console ${message.text().slice(0, 200)}`));
    page.on("pageerror", (error) => events.push(`error ${error.message}`));
    page.on("popup", (popup) => events.push(`popup ${popup.url()}`));
    page.on("framenavigated", (frame) => {
      if (frame.url() !== address) events.push(`navigation ${frame.url()}`);
    });
    page.on("request", (request) => {
      const isOwn = request.url() === address || request.url().startsWith("data:");
      if (!isOwn) events.push(`request ${request.url()}`);
    });
  });

  const visit: HostileBed["visit"] = async (html) => {
    address = pages.add(html);
    events = [];
    await page.goto(address);
    await settle(page);
  };

  const expectNothing = async (): Promise<void> => {
    expect(events).toEqual([]);
    expect(await page.evaluate(() => ["pwned" in globalThis, "polluted" in {}])).toEqual([false, false]);
    expect([...canary.reached, canary.connections()]).toEqual([0]);
  };

  const testNotebooks = (names: readonly string[]): void => {
    it.each(names)("%s does nothing and stays in its place", async (name) => {
      const html = exportHtml(read(name), { name, hidden: "fold" });
      await visit(html);
      expect(await findActiveParts(page)).toEqual([]);
      expect(await shapeOf(page)).toEqual({
        body: ["a", "header", "main", "footer"],
        cells: html.match(/^<section class="cell /gm)?.length ?? 0,
        stray: 0,
        last: "sentinel",
        overflow: 0,
        heading: "title",
      });
      await useEverything(page);
      await expectNothing();
    });

    it.each(names)("%s does nothing even without the page's policy", async (name) => {
      const html = exportHtml(read(name), { name, hidden: "fold" });
      const bare = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
      expect(bare.length).toBeLessThan(html.length);
      await visit(bare);
      await useEverything(page);
      await expectNothing();
    });
  };

  return { events: () => events, page: () => page, canary: () => canary, visit, testNotebooks };
}
