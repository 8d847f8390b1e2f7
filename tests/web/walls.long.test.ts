/// <reference lib="dom" />
import { mkdtempSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { exportHtml } from "../../packages/html-export/src/index.ts";
import { type Canary, openCanary } from "../../packages/html-export/test/canary.ts";
import { CHROMIUM, launchChromium, PAGE_PATIENCE_MS } from "../../packages/html-export/test/chromium.ts";
import { openPageServer, type PageServer } from "../../packages/html-export/test/page-server.ts";
import { readFixture } from "../../packages/html-export/test/read-fixture.ts";
import { describeWith } from "../requirements.ts";
import { startPlatform, type TestPlatform } from "../support/platform.ts";
import { BY_A_CLICK, BY_ITSELF, BY_SCRIPT, LEAVES } from "./hostile/attacks.ts";
import { homePath } from "./web-bed.ts";

/**
 * A corpus of hostile notebooks shows that all walls together hold; here each has to hold alone, as though
 * something had got through those before it.
 */
describeWith(CHROMIUM, "every wall around what people have written, by itself, in Chromium", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-walls-"));
  let platform: TestPlatform;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let canary: Canary;
  let pages: PageServer;

  beforeAll(async () => {
    const home = join(directory, "home");
    await mkdir(home);
    await writeFile(join(home, "page.html"), "<p>a page</p>");
    await writeFile(join(home, "picture.png"), "");
    await writeFile(join(home, "report.ipynb"), JSON.stringify(NOTEBOOK));
    canary = await openCanary();
    pages = await openPageServer();
    platform = await startPlatform(directory, ["--no-runner"]);
    browser = await launchChromium(`127.0.0.1:${canary.httpPort}`);
    context = await browser.newContext();
    context.setDefaultTimeout(PAGE_PATIENCE_MS);
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.[Symbol.asyncDispose]();
    await canary?.[Symbol.asyncDispose]();
    await pages?.[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  let before = 0;
  beforeEach(() => {
    before = canary.reached.length;
  });
  /** What has got out in this test. */
  const reached = (): readonly string[] => canary.reached.slice(before);

  /** Opens markup as a page, with the policy that something of the server has. */
  async function open(html: string, { policy, wrap = (it) => it }: Place): Promise<void> {
    // The one before may be about to lead elsewhere.
    await page.close();
    page = await context.newPage();
    await page.goto(pages.add(wrap(html), policy ?? undefined));
  }

  /** Waits until the page is drawn; one that is about to be left cannot be. */
  const draw = (): Promise<unknown> => page.screenshot().catch(() => null);

  /** Tries what happens by itself, and what a script can do that runs all the same. */
  async function attack(place: Place): Promise<void> {
    const all = Object.entries(BY_ITSELF).map(([name, html]) => html(addressOf(name)));
    await open(all.join("\n"), place);
    for (const [name, script] of Object.entries(BY_SCRIPT))
      await page.evaluate(`(() => { try { ${script(addressOf(name))} } catch {} })()`);
    await draw();
  }

  /** Tries what happens by a click. That leads away, so each has a page of its own. */
  async function click(place: Place): Promise<void> {
    for (const [name, html] of Object.entries(BY_A_CLICK)) {
      await open(`<div id="attack">${html(addressOf(name))}</div>`, place);
      await page.evaluate(() => document.querySelector<HTMLElement>("#attack :is(a, button)")?.click());
      await draw();
    }
  }

  /** Tries to leave, which nothing forbids a page but a sandbox. */
  async function leave(place: Place): Promise<void> {
    await open(LEAVES(addressOf("leaves")), place);
    await draw();
  }

  /** The policy of an answer to somebody who is signed in. */
  async function policyOf(address: string): Promise<string> {
    const answer = await fetch(new URL(address, platform.url), {
      headers: { authorization: `Bearer ${platform.token}` },
    });
    await answer.body?.cancel();
    // Chromium does not look up the names in links by itself any longer; others may.
    expect([answer.status, answer.headers.get("x-dns-prefetch-control")]).toEqual([200, "off"]);
    return answer.headers.get("content-security-policy") ?? "";
  }

  const shared = async (path: string): Promise<string> =>
    new URL((await platform.client.createLink({ kind: "path", path })).url).pathname;

  it.each<[string, () => string | Promise<string>]>([
    ["the page of the app", () => "/runs"],
    [
      "the page of the app where outputs have a host",
      () => `${platform.url.replace("127.0.0.1", "localhost")}/runs`,
    ],
    ["a shared directory", () => shared(homePath(""))],
  ])("the policy of %s lets nothing load, send or run", async (_name, address) => {
    const policy = await policyOf(await address());
    await attack({ policy });
    await click({ policy });
    expect(reached()).toEqual([]);
  });

  it.each<[string, () => string | Promise<string>]>([
    ["a shared notebook", () => shared("~/report.ipynb")],
    [
      "a file that is shown",
      async () => (await platform.client.createOutputUrl({ path: "~/page.html" })).url,
    ],
  ])("the policy of %s lets nothing load, send, run or leave", async (_name, address) => {
    const policy = await policyOf(await address());
    await attack({ policy });
    await click({ policy });
    await leave({ policy });
    expect(reached()).toEqual([]);
  });

  it.each([
    ["a picture", `/files${homePath("picture.png")}`],
    ["an answer of the API", "/api/v1/health"],
  ])(
    "the policy of %s, which is no page, lets nothing load, send, run or leave either",
    async (_name, address) => {
      const policy = await policyOf(address);
      await attack({ policy });
      await leave({ policy });
      expect(reached()).toEqual([]);
    },
  );

  it("the policy of an exported page lets nothing load, send or run", async () => {
    const html = exportHtml(readFixture("report.ipynb"));
    const place: Place = {
      policy: null,
      wrap: (body) => html.replace('<main id="notebook">', (it) => it + body),
    };
    await attack(place);
    await click(place);
    expect(reached()).toEqual([]);
  });

  it("the page of the app takes no text for elements or code", async () => {
    await signIn();
    await page.goto(`${platform.url}/view${homePath("report.ipynb")}`);
    await page.getByRole("heading", { name: "A report", level: 1 }).waitFor();
    const taken = await page.evaluate(() => {
      const { trustedTypes } = globalThis as unknown as {
        readonly trustedTypes: { createPolicy(name: string, rules: object): unknown };
      };
      const element = <Name extends keyof HTMLElementTagNameMap>(name: Name) => document.createElement(name);
      const attempts: Readonly<Record<string, () => unknown>> = {
        "inner HTML": () => (element("p").innerHTML = "<b>x</b>"),
        "adjacent HTML": () => element("p").insertAdjacentHTML("beforeend", "<b>x</b>"),
        "a fragment": () => document.createRange().createContextualFragment("<b>x</b>"),
        "a document": () => new DOMParser().parseFromString("<b>x</b>", "text/html"),
        "written text": () => document.write("<b>x</b>"),
        "a frame in place": () => (element("iframe").srcdoc = "<b>x</b>"),
        "a script": () => (element("script").text = "globalThis.pwned = 1"),
        "the address of a script": () => (element("script").src = "/assets/x.js"),
        "a handler": () => element("p").setAttribute("onclick", "globalThis.pwned = 1"),
        "a worker": () => new Worker("/assets/x.js"),
        "another policy": () => trustedTypes.createPolicy("mine", { createHTML: (it: string) => it }),
        "the policy once more": () =>
          trustedTypes.createPolicy("notemill", { createHTML: (it: string) => it }),
      };
      return Object.entries(attempts).flatMap(([name, attempt]) => {
        try {
          attempt();
          return [name];
        } catch (error) {
          return error instanceof TypeError ? [] : [`${name}: ${String(error)}`];
        }
      });
    });
    expect(taken).toEqual([]);
  });

  it("a page of another origin gets nothing of the app: no frame, window, picture, script or answer", async () => {
    await signIn();
    const app = platform.url;
    const [, script = ""] = /src="([^"]+\.js)"/.exec(await (await fetch(`${app}/runs`)).text()) ?? [];
    await page.goto(
      pages.add(`<iframe src="${app}/runs"></iframe>
        <script>var got = []</script>
        <img src="${app}/icon.svg" onload="got.push('a picture')">
        <script src="${app}${script}" onload="got.push('a script')"></script>`),
    );
    const isFramed = page
      .frames()
      .slice(1)
      .some((frame) => frame.url().startsWith(app));
    const opened = page.waitForEvent("popup");
    await page.evaluate((address) => {
      Object.assign(globalThis, { opened: window.open(address) });
    }, `${app}/runs`);
    await (await opened).getByRole("heading", { name: "Runs", level: 1 }).waitFor();
    const got = await page.evaluate(async (address) => {
      const answer = await fetch(address, { credentials: "include" }).catch(() => null);
      const { got, opened } = globalThis as unknown as { readonly got: string[]; readonly opened: Window };
      return [...got, ...(answer === null ? [] : ["an answer"]), ...(opened.closed ? [] : ["a window"])];
    }, `${app}/api/v1/runs`);
    expect([...got, ...(isFramed ? ["a frame"] : [])]).toEqual([]);
    await (await opened).close();
  });

  it("what is tried here does get through where there is no wall", async () => {
    await attack({ policy: null });
    await click({ policy: null });
    await leave({ policy: null });
    const names = [BY_ITSELF, BY_SCRIPT, BY_A_CLICK].flatMap((it) => Object.keys(it));
    const missing = (): readonly string[] =>
      [...names, "leaves"].filter((name) => !reached().some((it) => new RegExp(`/${name}(?:/|$)`).test(it)));
    await expect.poll(missing).toEqual([]);
  });

  async function signIn(): Promise<void> {
    await page.goto(`${platform.url}/?token=${platform.token}`);
    await page.getByRole("heading", { name: "Files", level: 1 }).waitFor();
  }
});

/** Where markup is put. */
interface Place {
  readonly policy: string | null;
  /** Makes the page around it. Default: there is none. */
  readonly wrap?: (markup: string) => string;
}

/** Where the canary listens for an attack. */
function addressOf(name: string): string {
  return `http://canary.example/${name}`;
}

const NOTEBOOK = {
  cells: [{ cell_type: "markdown", id: "a", metadata: {}, source: "# A report" }],
  metadata: {},
  nbformat: 4,
  nbformat_minor: 5,
};
