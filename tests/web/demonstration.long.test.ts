/// <reference lib="dom" />
import { cp, mkdir, open, readFile, rm } from "node:fs/promises";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RunDetail } from "../../packages/api/src/index.ts";
import { CHROMIUM, launchChromium } from "../../packages/html-export/test/chromium.ts";
import { describeWith } from "../requirements.ts";
import { notemill } from "../support/cli.ts";
import { type follow, seenEvent, startPlatform, type TestPlatform } from "../support/platform.ts";
import { type Mailbox, openMailbox } from "./demonstration/mailbox.ts";
import { hasLine, readGuide } from "./demonstration/guide.ts";
import { dayAt, makeOrders, type Orders, REGIONS } from "./demonstration/orders.ts";
import { type OpenApp, openApp } from "./open-app.ts";
import { homePath } from "./web-bed.ts";

const GUIDE = readGuide("docs/guides/demonstration.md");

/** Where pictures for the guide go, when `npm run screenshots` wants them. */
const PICTURES = process.env["NOTEMILL_PICTURES"];

/** How long a sweep may take on a machine that has other things to do, in milliseconds. */
const LONG = { timeout: 240_000 };

/** The regions whose files are still being written when the sweep begins: as many as run at a time. */
const HELD = REGIONS.slice(0, 2);

/** Where the cell that reads the file is in the output: behind text, defaults and values. */
const READING = 3;

/** How long before its slot the form has its time, which is filled in last. */
const MARGIN_MS = 20_000;

/** How long after the form is opened the day of the slot is taken: all else that is in it takes a while to fill in. */
const FORM_MS = 120_000;

/** The story of docs/guides/demonstration.md, done as a person would do it. */
describeWith(CHROMIUM, "the demonstration", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-demonstration-"));
  const home = join(directory, "home");
  let orders: Orders;
  let mailbox: Mailbox;
  let platform: TestPlatform;
  let browser: Browser;
  let app: OpenApp;
  let page: Page;
  let firstRun = "";
  let sweep = "";
  /** What was done, printed, mailed and shown, to compare the guide with. */
  const done = { labels: new Set<string>(), commands: new Set<string>(), pictures: new Set<string>() };
  let seen = "";

  beforeAll(async () => {
    await mkdir(home);
    await cp("examples/demonstration/orders-audit.ipynb", join(home, "orders-audit.ipynb"));
    orders = await makeOrders(join(directory, "orders"), dayAt(Date.now()));
    mailbox = await openMailbox();
    platform = await startPlatform(directory, ["--mail-from", "notemill@example.org"], {
      NOTEMILL_SMTP_URL: mailbox.url,
    });
    browser = await launchChromium();
    app = await openApp(browser, platform);
    page = app.page;
    await page.setViewportSize({ width: 1120, height: 720 });
  });
  afterAll(async () => {
    await browser?.close();
    // Whoever waits for a file would hold the server up.
    if (orders?.isHeld) await platform?.killRunner();
    await platform?.[Symbol.asyncDispose]();
    await mailbox?.[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
  });

  const named = (label: string): string => {
    done.labels.add(label);
    return label;
  };
  const button = (name: string) => page.getByRole("button", { name: named(name), exact: true });
  const field = (name: string) => page.getByRole("textbox", { name });
  const runOf = async (region: string): Promise<RunDetail> => {
    const { children } = await platform.client.getSweep(sweep, { limit: 20 });
    const child = children.find(({ parameters }) => parameters.text.includes(`"${region}"`));
    return platform.client.getRun(child?.run_id ?? "");
  };

  it("a papermill notebook becomes a form", LONG, async () => {
    await page.getByRole("link", { name: "home", exact: true }).click();
    await page.getByRole("table").getByRole("link").first().click();
    await page.getByRole("link", { name: "orders-audit.ipynb" }).click();
    await button("Run …").click();
    await field("orders").fill(orders.directory);
    await field("day").fill(orders.dayBefore);
    await button("Run").click();
    await page.getByText("fit to book").last().waitFor(LONG);
    await page.getByText("Succeeded", { exact: true }).waitFor(LONG);
    firstRun = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  });

  it("the form becomes a schedule, whose slot is a sweep over 20 regions", LONG, async () => {
    const day = dayAt(Date.now() + FORM_MS);
    orders = await makeOrders(orders.directory, day);
    await orders.hold(HELD);
    await page.getByRole("link", { name: "Open the notebook" }).click();
    await button("Schedule …").click();
    await button("Many values").click();
    await field("orders").fill(orders.directory);
    await field("region").fill(REGIONS.join(", "));
    await field("day").fill("${trigger.slot.date()}");
    await page.getByLabel("At a time").fill("2");
    await page.getByLabel("If it fails, the kernel").selectOption({ label: "Stays for an hour" });
    const fillTime = async (): Promise<void> => {
      const soon = Math.ceil((Date.now() + MARGIN_MS) / 60_000) * 60_000;
      const slot = new Date(Math.max(soon, Date.parse(day)));
      await page.getByLabel("Cron").fill(`${slot.getUTCMinutes()} ${slot.getUTCHours()} * * *`);
    };
    await fillTime();
    await page.getByLabel("Time zone").fill("UTC");
    await page.getByLabel("Each slot runs").selectOption({ index: 1 });
    await page.getByLabel("If a run fails, mail to").fill("ann@example.org");
    await page.getByText(`day "${day}"`).waitFor();
    await page.getByText("20 runs a slot").waitFor();
    await app.expectAccessible();
    await picture("schedule", field("region"));
    // On a busy machine the time may be over by now.
    await fillTime();
    await button("Schedule").click();
    await page.waitForURL(/\/schedules\/[0-9a-f-]{36}$/);
    await page.getByRole("heading", { name: "orders-audit", level: 1 }).waitFor();
    await page
      .getByRole("link", { name: named("Runs"), exact: true })
      .first()
      .click();
    await page
      .getByRole("row", { name: /Running.*Sweep/ })
      .getByRole("link")
      .click(LONG);
    await page.getByText("0 of 20 have succeeded").waitFor(LONG);
    sweep = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    expect(app.strange()).toEqual([]);
  });

  it("kill -9 of a kernel, the runner and the server in mid-run loses nothing", LONG, async () => {
    await page.evaluate(() => Object.assign(globalThis, { isSamePage: true }));
    const [first = "", second = ""] = HELD;
    for (const region of HELD) await reading(region, 1);
    const ready = (await eventsOf(first)).find(({ kind }) => kind === "kernel-ready");
    process.kill(Number((ready?.data as { pid?: number } | undefined)?.pid), "SIGKILL");
    await reading(first, 2);

    await platform.killRunner();
    await platform.kill("SIGKILL");
    // Not before: a cell that has started may not have opened its file yet, and would get to its end.
    await orders.release();
    await platform.restart();
    await page.getByText("19 of 20 have succeeded").waitFor(LONG);
    await page.getByText("Failed", { exact: true }).first().waitFor(LONG);
    expect(await page.evaluate(() => "isSamePage" in globalThis)).toBe(true);

    const tries = async (region: string): Promise<readonly string[]> =>
      (await runOf(region)).attempts.map(
        ({ status, failure }) =>
          `${status} ${failure === null ? "" : `${failure.code} ${failure.cell_index}`}`,
      );
    expect(await tries(first)).toEqual(["failed KERNEL_DIED 3", "lost RUNNER_LOST 3", "succeeded "]);
    expect(await tries(second)).toEqual(["lost RUNNER_LOST 3", "succeeded "]);
    for (const region of REGIONS.slice(2, 19)) expect(await tries(region)).toEqual(["succeeded "]);
    expect((await platform.client.getSweep(sweep)).counts).toEqual({ succeeded: 19, failed: 1 });

    await page.getByRole("link", { name: "Run 1", exact: true }).click();
    const attempts = page.getByRole("list").filter({ hasText: "Lost" }).first();
    await attempts
      .getByText(/the runner ".+" was not heard of any more; cell 4 was being executed/)
      .waitFor();
    await attempts
      .getByText(/kernel.* (?:died|SIGKILL)/)
      .first()
      .waitFor();
    expect(await attempts.getByRole("link", { name: "Cell 4" }).count()).toBe(2);
    await app.expectAccessible();
    await picture("attempts");
    const shown = await command("runs", "show", (await runOf(first)).id);
    expect(shown).toContain("1 failed (KERNEL_DIED, cell 4), 2 lost (RUNNER_LOST, cell 4), 3 succeeded");
    app.strange();
  });

  it(
    "the mailed link of the region that failed opens at the cell, with its variables alive",
    LONG,
    async () => {
      await expect.poll(() => mailbox.mails.length).toBe(1);
      const mail = (mailbox.mails[0] ?? "").replaceAll("=\r\n", "").replaceAll("=3D", "=");
      seen += mail.replaceAll("\r\n", "\n");
      expect(mail).toContain("Subject: [notemill] orders-audit has failed");
      expect(mail).toContain("cell 5, line 1: ValueError: could not convert string to float: 'n/a'");
      expect(mail).toContain('"region":"west-5"');
      expect(mail).toContain("1 of the 20 runs of the sweep did not succeed");
      const link = /http:\S+\/runs\/\S+/.exec(mail)?.[0] ?? "";
      await page.goto(link);
      const why = page.getByRole("region", { name: "Why it did not succeed" });
      expect(await why.innerText()).toContain("could not convert string to float: 'n/a'");
      const debug = page.getByRole("region", { name: "Debug here" });
      expect(await debug.getByLabel("Source of the cell that stopped the run").inputValue()).toContain(
        "float(row",
      );
      const line = debug.getByLabel("Code for the kernel");
      await line.fill('region, [row for row in rows if row["amount"] == "n/a"]');
      await line.press("Enter");
      await debug.getByRole("log").getByText("[{'order': 'west-5/17', 'amount': 'n/a'}]").waitFor(LONG);
      await debug.getByRole("button", { name: "Execute" }).waitFor();
      await app.expectAccessible();
      await picture("debug");
    },
  );

  it("one line is fixed, tried, promoted, and the slot that failed is backfilled", LONG, async () => {
    const debug = page.getByRole("region", { name: "Debug here" });
    const cell = debug.getByLabel("Source of the cell that stopped the run");
    const before = await cell.inputValue();
    await cell.fill(before.replace("for row in rows]", 'for row in rows if row["amount"] != "n/a"]'));
    await button("Try it").click();
    await debug
      .getByRole("log")
      .getByText(/^worth \d/)
      .waitFor(LONG);
    await button("Go on from here").click();
    await page.getByText("Succeeded", { exact: true }).waitFor(LONG);
    await page.getByText("fit to book").last().waitFor();
    await button("Save the fix in the notebook").click();
    await page.getByText('+amounts = [float(row["amount"]) for row in rows if').waitFor(LONG);
    await picture("fixed");
    await button("Promote").click(LONG);
    await button("Backfill what failed …").click(LONG);
    await page.getByText("One slot since").waitFor();
    await button("Run it").click();
    await page.getByText("The backfill has succeeded: 1 of 1 slots.").waitFor(LONG);
    expect(await readFile(join(home, "orders-audit.ipynb"), "utf8")).toContain('!= \\"n/a\\"');
    const { runs } = await platform.client.listRuns({ path: homePath("orders-audit.ipynb"), limit: 200 });
    expect(runs.filter(({ is_sweep: isSweep }) => isSweep).map(({ status }) => status)).toEqual([
      "succeeded",
      "failed",
    ]);
    expect(app.strange()).toEqual([]);
  });

  it("one byte of an old record is changed, and verify names it", LONG, async () => {
    expect(await command("runs", "verify")).toContain("all as they were");
    const { records } = await platform.client.listRecords(firstRun);
    const place = records[0]?.directory ?? "";
    const file = await open(join(platform.dataDirectory, "runs", place, "output.ipynb"), "r+");
    await file.write("!", 100);
    await file.close();
    const { exitCode, stdout } = await notemill(["runs", "verify"], { env: platform.env });
    seen += stdout;
    expect(exitCode).toBe(1);
    expect(stdout).toContain(firstRun);
    expect(stdout).toContain("output.ipynb");
  });

  it("is what the guide tells, and the guide tells all of it", () => {
    expect([...done.labels].toSorted()).toEqual(GUIDE.labels);
    expect([...done.pictures].toSorted()).toEqual(GUIDE.pictures);
    const [making = "", ...commands] = GUIDE.commands;
    expect(making).toMatch(/^python3 examples\/demonstration\/make-orders\.py \S+ "\$\(date -u \+%F\)"$/);
    expect([...done.commands].toSorted()).toEqual(commands.toSorted());
    expect(GUIDE.lines.filter((line) => !hasLine(seen, line))).toEqual([]);
  });

  /** Notes that the guide has a picture of this page, or of a part of it, and takes it where pictures are wanted. */
  async function picture(name: string, part: Locator = page.locator("body")): Promise<void> {
    done.pictures.add(`demonstration-${name}`);
    if (PICTURES === undefined) return;
    await part.evaluate((element) => element.scrollIntoView());
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({ path: join(PICTURES, `demonstration-${name}.png`) });
  }

  /** Waits until an attempt of a region's run executes the cell that reads the file. */
  async function reading(region: string, attempt: number): Promise<void> {
    const isReading = async (): Promise<boolean> =>
      (await eventsOf(region)).some(
        (it) =>
          it.attempt === attempt &&
          it.kind === "cell-started" &&
          (it.data as { cell_index?: number }).cell_index === READING,
      );
    await expect.poll(isReading, LONG).toBe(true);
  }

  async function eventsOf(region: string): Promise<Awaited<ReturnType<typeof follow>>> {
    const { id } = await runOf(region);
    const events: ReturnType<typeof seenEvent>[] = [];
    for await (const event of platform.client.followRun(id, { follow: false })) events.push(seenEvent(event));
    return events;
  }

  async function command(...words: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await notemill(words, { env: platform.env });
    expect([stderr, exitCode]).toEqual(["", 0]);
    done.commands.add(`notemill ${words.join(" ").replace(/[0-9a-f-]{36}/, '"$run"')}`);
    seen += stdout;
    return stdout;
  }
});
