/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { findAccessibilityProblems } from "../../packages/html-export/test/find-accessibility-problems.ts";
import { settle } from "../../packages/html-export/test/inspect-page.ts";
import { describeWith } from "../requirements.ts";
import { type LanesDriver, startLanes } from "./lanes-driver.ts";

const HARVEST = {
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: "# Harvest of *Bücher*\n\nHow much there was." },
    {
      cell_type: "code",
      id: "b",
      metadata: {},
      source: "barley_yield = 1",
      execution_count: null,
      outputs: [],
    },
  ],
  metadata: { authors: [{ name: "Ada" }], tags: ["fields"] },
  nbformat: 4,
  nbformat_minor: 5,
};

describeWith(CHROMIUM, "what is found and shared, in Chromium", () => {
  let lanes: LanesDriver;
  let page: Page;

  beforeAll(async () => {
    lanes = await startLanes();
    ({ page } = lanes);
  });
  afterAll(() => lanes?.[Symbol.asyncDispose]());

  const expectAccessible = async (): Promise<void> => {
    await settle(page);
    expect(await findAccessibilityProblems(page)).toEqual([]);
  };
  const save = (name: string, document: object): Promise<unknown> =>
    lanes.platform.client.saveFile(lanes.homePath(name), Buffer.from(JSON.stringify(document)), {
      ifNoneMatch: "*",
    });

  it("finds a notebook by words of its name, title, author, tag and text as soon as it is saved, and no longer when it is gone", async () => {
    await save("crops 2024.ipynb", HARVEST);
    const { client } = lanes.platform;
    const names = async (q: string): Promise<readonly string[]> =>
      (await client.searchFiles({ q })).files.map(({ name }) => name);
    await expect.poll(() => names("harvest"), { timeout: 20_000 }).toEqual(["crops 2024.ipynb"]);
    for (const words of ["bücher", "büch", "ada fields", "barley yie", "crops-2024"])
      expect([words, await names(words)]).toEqual([words, ["crops 2024.ipynb"]]);
    expect(await names("harvest nothing")).toEqual([]);
    expect((await client.searchFiles({})).files[0]).toMatchObject({
      name: "crops 2024.ipynb",
      title: "Harvest of Bücher",
      excerpt: "How much there was.",
      authors: ["Ada"],
      tags: ["fields"],
    });
    await client.moveFiles({ from: lanes.homePath("crops 2024.ipynb"), to: lanes.homePath("grain.ipynb") });
    await expect.poll(() => names("harvest")).toEqual(["grain.ipynb"]);
    // What was there before the server is found too.
    await expect.poll(() => names("report ipynb"), { timeout: 20_000 }).toContain("report.ipynb");
    await expect(client.searchFiles({ cursor: "!" })).rejects.toMatchObject({ code: "REQUEST_INVALID" });
    const first = await client.searchFiles({ under: "~", limit: 1 });
    const second = await client.searchFiles({ under: "~", limit: 1, cursor: first.next ?? "" });
    expect(second.files[0]?.path).not.toBe(first.files[0]?.path);
  });

  it("opens what is found by keys alone, from the page and from the palette", async () => {
    await page.keyboard.press("/");
    await page.getByRole("heading", { name: "Search", level: 1 }).waitFor();
    await page.getByText("Changed last").waitFor();
    await expectAccessible();
    await page.keyboard.type("harv büch");
    await page.getByRole("link", { name: "Harvest of Bücher" }).waitFor();
    expect(new URL(page.url()).search).toBe("?q=harv+b%C3%BCch");
    await expectAccessible();
    await page.getByRole("searchbox").fill("zzz nothing");
    await page.getByText("Nothing has all these words.").waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("barley");
    await page.getByRole("option", { name: /^Harvest of Bücher — / }).waitFor();
    await expectAccessible();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Harvest of Bücher", level: 1 }).waitFor();
    await lanes.expectNothing();
  });

  it("makes a link, shows it once, lists it, and revokes it", async () => {
    await lanes.open("grain.ipynb");
    await page.getByRole("button", { name: "Share …" }).click();
    const sheet = page.getByRole("dialog", { name: "Share" });
    await sheet.getByText("There are no links to it yet.").waitFor();
    await expectAccessible();
    await sheet.getByLabel("Holds for").selectOption("30");
    await sheet.getByLabel("Note, for yourself").fill("for Bo");
    await sheet.getByRole("button", { name: "Make a link" }).click();
    const url = await sheet.getByLabel("The link, which is shown this once").inputValue();
    await sheet.getByRole("listitem").getByText("for Bo").waitFor();
    await expectAccessible();
    const shown = await fetch(url);
    expect([shown.status, (await shown.text()).includes("Harvest of")]).toEqual([200, true]);
    const { links } = await lanes.platform.client.listLinks();
    expect(links).toMatchObject([{ kind: "file", path: lanes.homePath("grain.ipynb"), note: "for Bo" }]);
    const days =
      (Date.parse(links[0]?.expires_at ?? "") - Date.parse(links[0]?.created_at ?? "")) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    await sheet.getByRole("button", { name: "Revoke for Bo" }).click();
    await sheet.getByText("There are no links to it yet.").waitFor();
    expect((await fetch(url)).status).toBe(404);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
    await lanes.expectNothing();
  });

  it("shows who may only read nothing that changes something", async () => {
    const { token } = await lanes.platform.client.createToken({ name: "reader", scope: "read" });
    const reader = await page.context().browser()?.newContext();
    if (reader === undefined) throw new Error("there is a browser");
    const other = await reader.newPage();
    await other.goto(`http://localhost:${lanes.port}/view${lanes.homePath("grain.ipynb")}?token=${token}`);
    await other.getByRole("button", { name: "Hide code" }).waitFor();
    await other.getByRole("link", { name: "Download" }).waitFor();
    await expect.poll(() => other.getByRole("button", { name: /Run …|Share …/ }).count()).toBe(0);
    expect(await other.getByRole("link", { name: "Schedule …" }).count()).toBe(0);
    await reader.close();
  });
});
