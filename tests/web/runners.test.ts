/// <reference lib="dom" />
import { mkdtempSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type PlatformServer, startServer } from "../../apps/server/src/index.ts";
import { CHROMIUM, launchChromium } from "../../packages/html-export/test/chromium.ts";
import { createRunnerClient } from "../../packages/client/src/index.ts";
import { describeWith } from "../requirements.ts";
import { placeEmptyDatabase } from "../support/empty-database.ts";
import { openApp } from "./open-app.ts";

describeWith(CHROMIUM, "runners in Chromium", () => {
  const directory = mkdtempSync(join(tmpdir(), "notemill-runners-"));
  // The server's clock, which the test moves.
  let time = Date.now();
  let server: PlatformServer;
  let browser: Browser;

  beforeAll(async () => {
    await mkdir(join(directory, "data", "home"), { recursive: true });
    await placeEmptyDatabase(join(directory, "data", "db"));
    server = await startServer({
      dataDirectory: join(directory, "data"),
      port: 0,
      now: () => new Date(time),
      pagesDirectory: resolve("apps/cli/dist/bin/pages"),
    });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(directory, { recursive: true, force: true });
  });

  /** Lets a runner be heard of for the last time. */
  const appear = async (name: string): Promise<string> => {
    const runner = { id: crypto.randomUUID(), name, slots: 3, version: "1" };
    await runners().claim({ runner, limit: 1, wait_ms: 0, started_by: null });
    return runner.id;
  };
  const runners = () => createRunnerClient({ serverUrl: server.url, token: server.runnerToken });

  it("says in words which are there, and folds those that were, with what became of them", async () => {
    const app = await openApp(browser, server);
    const { page } = app;
    const connected = page.getByRole("table", { name: "Runners that are connected" });
    const summary = page.getByText("2 runners that were here");
    await appear("west");
    await appear("east");
    await app.goTo("/status");
    await connected.getByRole("row", { name: "west Connected 0 of 3" }).waitFor();
    expect(await connected.locator("tbody .name").allInnerTexts()).toEqual(["east", "west"]);
    expect(await page.getByText("was here").count()).toBe(0);
    await app.expectAccessible();

    time += 5 * 60_000;
    await page.getByText("None is connected.").waitFor();
    await appear("west");
    await connected.getByRole("row", { name: "west Connected 0 of 3" }).waitFor();
    expect(await connected.getByRole("row").count()).toBe(2);
    const gone = page.getByRole("table", { name: "Runners that were here" });
    expect(await gone.isVisible()).toBe(false);
    await summary.press("Enter");
    expect(await gone.getByRole("row").allInnerTexts()).toEqual([
      expect.stringMatching(/^Runner/),
      expect.stringMatching(/^east\s+Lost/),
      expect.stringMatching(/^west\s+Replaced/),
    ]);
    await app.expectAccessible();

    // One that says so is not waited for.
    const north = await appear("north");
    await connected.getByRole("row", { name: "north Connected 0 of 3" }).waitFor();
    await runners().leave(north);
    await gone.getByRole("row", { name: "north Ended" }).waitFor();
    expect(await connected.getByRole("row").count()).toBe(2);
    expect(app.strange()).toEqual([]);
  });
});
