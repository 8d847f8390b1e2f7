/// <reference lib="dom" />
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { type Canary, openCanary } from "../../packages/html-export/test/canary.ts";
import {
  launchChromium,
  launchWithProfile,
  PAGE_PATIENCE_MS,
} from "../../packages/html-export/test/chromium.ts";
import { settle, useEverything } from "../../packages/html-export/test/inspect-page.ts";
import { startPlatform, type TestPlatform } from "../support/platform.ts";
import type { AskedNames } from "./hostile/asked-names.ts";

const FIXTURES = "packages/html-export/fixtures/hostile";

/** A server with notebooks, and a browser that looks at its web app. */
export interface WebBed extends AsyncDisposable {
  readonly directory: string;
  /** The home directory of the server's user. */
  readonly home: string;
  readonly platform: TestPlatform;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly canary: Canary;
  /** What happens in the browser and should not. */
  events: string[];
  /** Points what stands for the UDP canary in a text at it. */
  readonly pointed: (text: string) => string;
}

/** How a {@link WebBed} is started. */
interface WebBedOptions {
  /** Further words of the server's command line. */
  readonly args?: readonly string[];
  /** Further variables of the server. */
  readonly env?: Readonly<Record<string, string>>;
  /** What watches the names that the browser asks for. Default: nothing. */
  readonly names?: AskedNames;
}

/** Starts one, with these hostile notebooks in the home directory. */
export async function openWebBed(
  hostile: readonly string[],
  { args, env, names }: WebBedOptions = {},
): Promise<WebBed> {
  const directory = mkdtempSync(join(tmpdir(), "notemill-web-"));
  const home = join(directory, "home");
  await mkdir(home);
  const canary = await openCanary();
  // All names under .example lead to the other canary.
  const pointed = (text: string): string =>
    text.replaceAll("canary.example:3478", `127.0.0.1:${canary.udpPort}`);
  for (const name of hostile)
    await writeFile(join(home, name), pointed(await readFile(join(FIXTURES, name), "utf8")));
  const platform = await startPlatform(directory, args, env);
  const context = await openBrowser(join(directory, "profile"), { port: canary.httpPort, names });
  context.setDefaultTimeout(PAGE_PATIENCE_MS);
  const page = await context.newPage();
  const bed: WebBed = {
    directory,
    home,
    platform,
    context,
    page,
    canary,
    events: [],
    pointed,
    async [Symbol.asyncDispose]() {
      await context.close();
      await context.browser()?.close();
      await platform[Symbol.asyncDispose]();
      await canary[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
  const note = (event: string): unknown => bed.events.push(event);
  page.on("dialog", (dialog) => {
    note(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => note(`console ${message.text().slice(0, 200)}`));
  page.on("pageerror", (error) => note(`error ${error.message}`));
  page.on("popup", (popup) => note(`popup ${popup.url()}`));
  page.on("framenavigated", (frame) => {
    if (frame !== page.mainFrame() || !frame.url().startsWith(platform.url))
      note(`navigation ${frame.url()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(platform.url) && !request.url().startsWith("data:"))
      note(`request ${request.url()}`);
  });
  return bed;
}

/** Starts a browser; one whose names are watched has a profile, without which it looks none up early. */
async function openBrowser(
  profile: string,
  { port, names }: { readonly port: number; readonly names: AskedNames | undefined },
): Promise<BrowserContext> {
  const look = { viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" } as const;
  if (names === undefined) return (await launchChromium(`127.0.0.1:${port}`)).newContext(look);
  return launchWithProfile(profile, `${names.examples}:${port}`, { args: names.browserArgs, ...look });
}

/** Expects that a hostile notebook does nothing in the page of the app, which is open already. */
export async function expectHarmless(bed: WebBed, name: string): Promise<void> {
  const { page } = bed;
  bed.events = [];
  await open(page, homePath(name));
  await showAll(page);
  await useEverything(page);
  expect(await strangeParts(page)).toEqual([]);
  expect(bed.events).toEqual([]);
  expect(await page.evaluate(() => ["pwned" in globalThis, "polluted" in {}])).toEqual([false, false]);
  expect(bed.canary.reached).toEqual([]);
}

/** Where the app has a file of the home directory. */
export function homePath(name: string): string {
  return `/home/${process.env["USER"] ?? "root"}/${name}`;
}

/** Opens a notebook in the app that is there already, as a link does. */
async function open(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => {
    history.pushState(null, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  }, `/view${path}`);
  await page.locator(".breadcrumbs [aria-current]", { hasText: path.split("/").at(-1) ?? "" }).waitFor();
  await page.locator(".notebook").waitFor();
}

/** Makes the page show all of a notebook, as a reader does who looks through it. */
export async function showAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const cell of document.querySelectorAll(".cell")) {
      cell.scrollIntoView();
      await new Promise((done) => requestAnimationFrame(done));
    }
  });
  await settle(page);
}

/** Elements of a notebook that should not be there. */
export function strangeParts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const forbidden =
      "script,iframe,frame,object,embed,applet,form,input,textarea,select,link,base,template,svg,video,audio,style,meta,dialog,[popover],[contenteditable],[srcset],[ping]";
    const found: string[] = [];
    // Stands where the sanitiser has let something through that the policy of the page then refused.
    for (const note of document.querySelectorAll(".markup .note"))
      if (note.textContent === "This cannot be shown safely.") found.push("markup that was refused");
    for (const markup of document.querySelectorAll(".markup")) {
      for (const element of markup.querySelectorAll("*")) {
        if (element.matches(forbidden)) found.push(`<${element.localName}>`);
        for (const { name, value } of element.attributes) {
          if (name.startsWith("on") || name.startsWith("data-")) found.push(`<${element.localName} ${name}>`);
          if (name === "href" && !/^(?:#|https?:\/\/[^/\\]|mailto:|\/(?!\/)|[\w.% ]+(?:[/?#]|$))/.test(value))
            found.push(`href ${value.slice(0, 60)}`);
          if (name === "name" || (name === "id" && !value.startsWith("s-"))) found.push(`${name} ${value}`);
          if (name === "src" && !/^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/.test(value))
            found.push(`src ${value.slice(0, 60)}`);
          if (name === "style" && /url|image|expression|@|\\/i.test(value))
            found.push(`style ${value.slice(0, 60)}`);
          if (name === "target" && element.getAttribute("rel") !== "noopener noreferrer nofollow")
            found.push(`a link that tells where it comes from: ${element.outerHTML.slice(0, 60)}`);
        }
      }
    }
    return found;
  });
}
