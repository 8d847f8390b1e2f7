/// <reference lib="dom" />
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { openCanary } from "../../packages/html-export/test/canary.ts";
import { launchChromium, PAGE_PATIENCE_MS } from "../../packages/html-export/test/chromium.ts";
import { settle } from "../../packages/html-export/test/inspect-page.ts";
import { startPlatform, type TestPlatform } from "../support/platform.ts";

const FIXTURES = "packages/html-export/fixtures";

/** The notebooks of the corpus. */
export const HOSTILE: readonly string[] = readdirSync(`${FIXTURES}/hostile`).filter((name) =>
  name.endsWith(".ipynb"),
);

/** The app in a browser, opened where outputs have an origin of their own, with canaries beside it. */
export interface LanesDriver extends AsyncDisposable {
  readonly platform: TestPlatform;
  readonly page: Page;
  /** The port of the server. */
  readonly port: string;
  /** Where a file of the user's home is. */
  homePath(name: string): string;
  /** Writes a notebook with one cell for each of these outputs. What stands for a canary in them is pointed at it. */
  write(name: string, outputs: readonly object[]): Promise<void>;
  /** The same with outputs as notebooks have them. */
  writeOutputs(name: string, outputs: readonly object[]): Promise<void>;
  /** Opens a notebook in the app that is there already, with nothing active. */
  open(name: string): Promise<void>;
  /** Makes the page show all of a notebook, as a reader does who looks through it. */
  showAll(): Promise<void>;
  /** Expects that a file was saved, which is then forgotten. */
  expectDownload(): void;
  /** Expects that nothing has happened to the app, and that no canary was reached. */
  expectNothing(): Promise<void>;
}

/** Starts a server and a browser; whoever does that closes them. */
export async function startLanes(): Promise<LanesDriver> {
  const directory = mkdtempSync(join(tmpdir(), "notemill-lanes-"));
  const home = join(directory, "home");
  await mkdir(home, { recursive: true });
  await cp(join(FIXTURES, "report.ipynb"), join(home, "report.ipynb"));
  const canary = await openCanary();
  const platform = await startPlatform(directory, ["--no-runner"]);
  const { port } = new URL(platform.url);
  const app = (path: string): string => `http://localhost:${port}${path}`;
  const homePath = (name: string): string => `/home/${userInfo().username}/${name}`;
  const pointed = (text: string): string =>
    text
      .replaceAll("canary.example:3478", `127.0.0.1:${canary.udpPort}`)
      .replaceAll("HTTP", `127.0.0.1:${canary.httpPort}`)
      .replaceAll("UDP", `127.0.0.1:${canary.udpPort}`)
      .replaceAll("APP", port);
  for (const name of HOSTILE)
    await writeFile(join(home, name), pointed(await readFile(join(FIXTURES, "hostile", name), "utf8")));
  const browser = await launchChromium(`127.0.0.1:${canary.httpPort}`);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(PAGE_PATIENCE_MS);
  const page = await context.newPage();
  /** What happens in the page of the app, and should not. */
  const events: string[] = [];
  page.on("dialog", (dialog) => {
    events.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("popup", (popup) => events.push(`popup ${popup.url()}`));
  page.on("download", (download) => events.push(`download ${download.url()}`));
  // Scripts in frames may fail as they like.
  page.on("pageerror", ({ message, stack = "" }) => {
    if (stack.includes(app("/assets/"))) events.push(`error ${message}`);
  });
  page.on("framenavigated", (frame) => {
    if (frame === page.mainFrame() && !frame.url().startsWith(app("")))
      events.push(`navigation ${frame.url()}`);
  });
  await page.goto(app(`/?token=${platform.token}`));
  await page.getByRole("heading", { name: "Files", level: 1 }).waitFor();
  const writeOutputs: LanesDriver["writeOutputs"] = async (name, outputs) => {
    const cells = outputs.map((output, index) => ({
      cell_type: "code",
      id: `c${index}`,
      metadata: {},
      source: "",
      execution_count: null,
      outputs: [output],
    }));
    const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
    await writeFile(join(home, name), pointed(text));
  };
  return {
    platform,
    page,
    port,
    homePath,
    write: (name, outputs) =>
      writeOutputs(
        name,
        outputs.map((data) => ({ output_type: "display_data", data, metadata: {} })),
      ),
    writeOutputs,
    async open(name) {
      for (const path of ["/runs", `/view${homePath(name)}`])
        await page.evaluate((address) => {
          history.pushState(null, "", address);
          dispatchEvent(new PopStateEvent("popstate"));
        }, path);
      await page.locator(".breadcrumbs [aria-current]", { hasText: name }).waitFor();
      await page.locator(".notebook").waitFor();
    },
    async showAll() {
      await page.evaluate(async () => {
        for (const cell of document.querySelectorAll(".cell")) {
          cell.scrollIntoView();
          await new Promise((done) => requestAnimationFrame(done));
        }
      });
      await settle(page);
    },
    expectDownload() {
      expect(events.splice(0)).toEqual([expect.stringMatching(/^download blob:/)]);
    },
    async expectNothing() {
      await settle(page);
      expect(await page.getByText(/it could (?:read|ask|connect)/).count()).toBe(0);
      expect(await page.evaluate(() => ["pwned" in globalThis, "polluted" in {}])).toEqual([false, false]);
      expect(await page.evaluate(() => document.querySelector(".top-bar") !== null)).toBe(true);
      expect(events.splice(0)).toEqual([]);
      expect(canary.reached).toEqual([]);
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await platform[Symbol.asyncDispose]();
      await canary[Symbol.asyncDispose]();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
