/// <reference lib="dom" />
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { findAccessibilityProblems } from "../../packages/html-export/test/find-accessibility-problems.ts";
import { settle } from "../../packages/html-export/test/inspect-page.ts";
import { describeWith } from "../requirements.ts";
import type { TestPlatform } from "../support/platform.ts";
import { expectHarmless, homePath, openWebBed, showAll, type WebBed } from "./web-bed.ts";

/** Those on every path that shows them are in `hostile.long.test.ts`. */
const HOSTILE = "event-handlers.ipynb";

describeWith(CHROMIUM, "the web app in Chromium", () => {
  let bed: WebBed;
  let page: Page;
  let platform: TestPlatform;
  let directory: string;
  let home: string;

  beforeAll(async () => {
    // A server that starts on a busy machine is away for longer than attempts are waited for by default.
    bed = await openWebBed([HOSTILE], { args: ["--lease", "2m"] });
    ({ page, platform, directory, home } = bed);
    await mkdir(join(home, "reports"));
    await writeFile(join(home, "reports", "growth.ipynb"), JSON.stringify(growth(join(directory, "go on"))));
    await cp("packages/html-export/fixtures/report.ipynb", join(home, "report.ipynb"));
  });
  afterAll(async () => {
    // A run that still waits would hold the server up.
    for (const marker of ["go on", "enough"]) await writeFile(join(directory, marker), "");
    await bed?.[Symbol.asyncDispose]();
  });

  /** Whether the address of the page is this one, within the app. */
  const isAt = (path: string) => page.waitForURL(`${platform.url}${path}`);
  const expectAccessible = async (): Promise<void> => {
    await settle(page);
    expect(await findAccessibilityProblems(page)).toEqual([]);
  };

  it("asks who is there, and lets nobody in without the token", async () => {
    await page.goto(`${platform.url}/view/home`);
    await page.getByRole("heading", { name: "Sign in to Notemill" }).waitFor();
    await expectAccessible();
    await page.getByLabel("Token").fill("a wrong one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").waitFor();
    // The browser tells of answers that refuse.
    bed.events = bed.events.filter((it) => !it.includes("status of 401"));
  });

  it("signs in by the address, and goes from the files to a notebook, its form, its run and its output", async () => {
    await page.goto(`${platform.url}/?token=${platform.token}`);
    await isAt("/");
    await page.getByRole("link", { name: "home", exact: true }).click();
    await page.getByRole("heading", { name: "home", level: 1 }).waitFor();
    await expectAccessible();
    await page.getByRole("table").getByRole("link").first().click();
    await page.getByRole("link", { name: "reports" }).click();
    await page.getByRole("link", { name: "growth.ipynb" }).click();

    await page.getByRole("heading", { name: "Growth", level: 1 }).waitFor();
    await expectAccessible();
    await page.getByRole("button", { name: "Run …" }).click();
    await page.getByLabel("rate").fill("much");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    expect(await page.getByLabel("rate").getAttribute("aria-invalid")).toBe("true");
    await expectAccessible();
    await page.getByLabel("rate").fill("2");
    await page.getByLabel("name").fill("Ada <b>");
    // What is filled in stays, whenever it is to run.
    const schedule = page.getByRole("button", { name: "Schedule …" });
    await schedule.click();
    await page.getByLabel("Cron").waitFor();
    expect(await schedule.getAttribute("aria-expanded")).toBe("true");
    await page.getByLabel("Cron").fill("61 * * * *");
    await page.getByRole("button", { name: "Schedule", exact: true }).click();
    // Wherever the page is scrolled to, the field that is wrong comes into sight.
    await expect
      .poll(() => page.getByLabel("Cron").evaluate((it) => it === document.activeElement))
      .toBe(true);
    expect(await page.getByLabel("Cron").getAttribute("aria-invalid")).toBe("true");
    await expectAccessible();
    await page.getByRole("button", { name: "Now", exact: true }).click();
    expect(await schedule.getAttribute("aria-expanded")).toBe("false");
    expect(await page.getByLabel("rate").inputValue()).toBe("2");
    await page.getByRole("button", { name: "Run", exact: true }).click();

    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    const id = page.url().split("/").at(-1) ?? "";
    // The cell that runs shows what it has printed, and what is behind it has not begun.
    await page.getByText("half way for Ada <b>").waitFor();
    await page.getByText("Running", { exact: true }).first().waitFor();
    expect(await page.getByText("grown to 4.0").count()).toBe(0);
    await expectAccessible();
    await writeFile(join(directory, "go on"), "");
    await page.getByText("grown to 4.0 float").waitFor();
    await page.getByText("Succeeded", { exact: true }).waitFor();
    expect(await page.getByText("half way for Ada").count()).toBe(1);
    await expectAccessible();
    expect(await platform.client.getRun(id)).toMatchObject({
      status: "succeeded",
      parameters: { text: '{"rate":2.0,"name":"Ada <b>"}' },
    });

    await page.getByRole("link", { name: "Runs", exact: true }).first().click();
    await isAt("/runs");
    await page.getByRole("row", { name: /Succeeded growth\.ipynb/ }).waitFor();
    await expectAccessible();
    // The browser tells of answers that refuse.
    bed.events = bed.events.filter((it) => !it.includes("status of 422"));
    expect(bed.events).toEqual([]);
  });

  it("shows at the top why a run failed, and leads to the cell", async () => {
    await writeFile(join(home, "fails.ipynb"), JSON.stringify(notebook(["x = 1", "{}['ouch']", "print(x)"])));
    const failing = await platform.client.submitRun({ path: "~/fails.ipynb" });
    for await (const _event of platform.client.followRun(failing.id));
    await page.goto(`${platform.url}/runs/${failing.id}`);
    const why = page.getByRole("region", { name: "Why it did not succeed" });
    expect(await why.innerText()).toContain("KeyError: 'ouch'");
    await page.getByText("The run stopped here.").waitFor();
    await expectAccessible();
    await why.getByRole("link").click();
    expect(new URL(page.url()).hash).toBe("#cell-c1");

    await page.getByRole("link", { name: "Events" }).click();
    await page.getByRole("link", { name: /^Cell 2 has failed, after / }).waitFor();
    await expectAccessible();
    await page.getByRole("link", { name: "Log" }).click();
    await page.getByText("KeyError: 'ouch'").last().waitFor();
    await expectAccessible();
    await page.getByRole("link", { name: "Record" }).click();
    await page
      .getByRole("link", { name: "manifest.json" })
      .or(page.getByRole("link", { name: "output.ipynb" }))
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Verify" }).click();
    await page.getByText("files are as they were written").waitFor();
    await expectAccessible();

    await page.goto(`${platform.url}/runs?status=failed`);
    await page.getByRole("row", { name: /Failed fails\.ipynb/ }).waitFor();
    expect(await page.getByRole("row", { name: /Succeeded/ }).count()).toBe(0);
    await page.getByRole("link", { name: "Cancelled" }).click();
    await page.getByText("No run is like this.").waitFor();
    expect(bed.events).toEqual([]);
  });

  it("takes files, renames and deletes them, and brings them back", async () => {
    await page.goto(`${platform.url}/view${homePath("reports")}`);
    await page.getByLabel("Files to upload").setInputFiles({
      name: "new.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("one"),
    });
    await page.getByRole("link", { name: "new.txt" }).waitFor();
    expect(await readFile(join(home, "reports", "new.txt"), "utf8")).toBe("one");

    await page.getByLabel("Files to upload").setInputFiles({
      name: "new.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("two"),
    });
    await page.getByRole("button", { name: "Replace" }).click();
    await page.getByText("new.txt is replaced").waitFor();
    expect(await readFile(join(home, "reports", "new.txt"), "utf8")).toBe("two");

    await page.getByRole("button", { name: "Rename new.txt" }).click();
    await page.getByLabel("New name of new.txt").fill("newer.txt");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "newer.txt" }).waitFor();
    await page.getByRole("button", { name: "Delete newer.txt" }).click();
    const gone = page.locator(".toast", { hasText: "newer.txt is deleted" });
    await gone.waitFor();
    await expectAccessible();
    expect(await page.getByRole("link", { name: "newer.txt" }).count()).toBe(0);
    await gone.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("link", { name: "newer.txt" }).waitFor();
    expect(await readFile(join(home, "reports", "newer.txt"), "utf8")).toBe("two");

    await page.getByRole("button", { name: "New folder" }).click();
    await page.getByLabel("Name of the new folder").fill("deeper");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "deeper" }).click();
    await page.getByText("Nothing is in here yet.").waitFor();
    // The browser tells of answers that refuse.
    expect(bed.events.filter((it) => !it.includes("status of 412") && !it.includes("status of 409"))).toEqual(
      [],
    );
    bed.events = [];
  });

  it("is used by keys alone: a palette of commands, shortcuts, and a sheet that lists them", async () => {
    await page.goto(`${platform.url}/`);
    await page.getByRole("heading", { name: "Files", level: 1 }).waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Shortcuts" }).waitFor();
    await expectAccessible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await isAt("/runs");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /^Command/ }).fill("failed");
    await page.getByRole("option", { name: "Go to failed runs" }).waitFor();
    await expectAccessible();
    await page.keyboard.press("Enter");
    await isAt("/runs?status=failed");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: /^Command/ }).fill(`${homePath("reports")}/`);
    await page.keyboard.press("Enter");
    await isAt(`/view${homePath("reports")}`);
    expect(bed.events).toEqual([]);
  });

  it("goes on without a reload when the server is killed and started again, and shows every line once", async () => {
    const enough = join(directory, "enough");
    const source = `import os, time\nfor i in range(100000):\n    print(f"<line {i}>", flush=True)\n    time.sleep(0.02)\n    if os.path.exists(${JSON.stringify(enough)}): break\nprint("last line", i)`;
    await writeFile(join(home, "lines.ipynb"), JSON.stringify(notebook(["x = 1", source])));
    const { id } = await platform.client.submitRun({ path: "~/lines.ipynb" });
    await page.goto(`${platform.url}/runs/${id}`);
    await page.getByText("<line 3>").waitFor();
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    await platform.kill("SIGKILL");
    // Somebody who comes back to the page has it read again what is old: what is there stays.
    await page.waitForFunction(() => {
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      return document.querySelector(".away-note") !== null;
    });
    expect((await linesShown()).length).toBeGreaterThan(3);
    await platform.restart();
    await page.locator(".away-note").waitFor({ state: "detached" });
    const before = (await linesShown()).length;
    // Still the attempt that was there before.
    await expect
      .poll(async () => [
        (await platform.client.getRun(id)).attempt,
        (await linesShown()).length > before + 20 ? "more" : before,
      ])
      .toEqual([1, "more"]);
    await writeFile(enough, "");
    await page.getByText(/^last line \d+$/m).waitFor();
    await page.getByText("Succeeded", { exact: true }).waitFor();
    const lines = await linesShown();
    expect(lines).toEqual(lines.map((_line, index) => index));
    expect(await page.evaluate(() => "isSamePage" in globalThis)).toBe(true);
    // While the server is away, the browser tells of that.
    expect(bed.events.filter((it) => !it.startsWith("console Failed to load resource"))).toEqual([]);
    bed.events = [];
  });

  /** The numbers of the lines that the page shows. */
  async function linesShown(): Promise<readonly number[]> {
    // What is off the screen may be without a layout, and counts too.
    const text = (await page.locator(".cell-outputs").textContent()) ?? "";
    return [...text.matchAll(/<line (\d+)>/g)].map(([, number]) => Number(number));
  }

  it("shows a long notebook with every kind of output, without a problem for anybody", async () => {
    await page.goto(`${platform.url}/view${homePath("report.ipynb")}`);
    await page.locator(".notebook").waitFor();
    await showAll(page);
    await expectAccessible();
    expect(bed.events).toEqual([]);
  });

  it("shows a hostile notebook, of which nothing happens", () => expectHarmless(bed, HOSTILE));

  it("has a policy that stops what gets past everything else", async () => {
    bed.events = [];
    // Each of these is stopped by a rule of its own; the test ends when all of them have been heard of.
    await page.evaluate(async (port) => {
      const waiting = new Set([
        "require-trusted-types-for",
        "trusted-types",
        "img-src",
        "connect-src",
        "frame-src",
      ]);
      const stopped = new Promise<void>((done) => {
        document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => {
          waiting.delete(effectiveDirective);
          if (waiting.size === 0) done();
        });
      });
      const { trustedTypes } = globalThis as unknown as {
        trustedTypes: { createPolicy(name: string): void };
      };
      const image = new Image();
      const frame = document.createElement("iframe");
      const attempts: readonly (() => unknown)[] = [
        () => (document.body.innerHTML += "<img src=x onerror=alert(1)>"),
        () => trustedTypes.createPolicy("notemill"),
        () => {
          image.src = `http://127.0.0.1:${port}/image`;
          frame.src = `http://127.0.0.1:${port}/frame`;
          document.body.append(image, frame);
        },
        () => fetch(`http://127.0.0.1:${port}/fetch`),
        () => new WebSocket(`ws://127.0.0.1:${port}/socket`),
      ];
      for (const attempt of attempts) {
        try {
          await attempt();
        } catch {
          // What throws is stopped.
        }
      }
      await stopped;
    }, bed.canary.httpPort);
    expect(bed.canary.reached).toEqual([]);
  });
});

/** A notebook document of these code cells, the first of which has the parameters. */
function notebook(sources: readonly string[]): object {
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    id: `c${index}`,
    metadata: index === 0 ? { tags: ["parameters"] } : {},
    source,
    execution_count: null,
    outputs: [],
  }));
  const metadata = { kernelspec: { display_name: "Python 3", language: "python", name: "python3" } };
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}

/** A notebook that stops half way until there is a file. */
function growth(marker: string): object {
  const title = {
    cell_type: "markdown",
    id: "title",
    metadata: {},
    source: "# Growth\n\nWhat becomes of a start.",
  };
  const document = notebook([
    'rate: float = 1.5  # by how much\nname: str = "Grace"',
    `import os, time\nprint("half way for", name, flush=True)\nwhile not os.path.exists(${JSON.stringify(marker)}): time.sleep(0.05)`,
    'print("grown to", rate * 2, type(rate).__name__)',
  ]) as { cells: object[] };
  return { ...document, cells: [title, ...document.cells] };
}
