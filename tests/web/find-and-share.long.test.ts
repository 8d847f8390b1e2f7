/// <reference lib="dom" />
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { findAccessibilityProblems } from "../../packages/html-export/test/find-accessibility-problems.ts";
import { settle } from "../../packages/html-export/test/inspect-page.ts";
import { openDatabase } from "../../packages/sql-kernel/src/database/open-database.ts";
import { describeWith } from "../requirements.ts";
import { writeNotebook } from "../support/notebooks.ts";
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
    await expect.poll(() => names("harvest")).toEqual(["crops 2024.ipynb"]);
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
    await expect.poll(() => names("report ipynb")).toContain("report.ipynb");
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

  it("finds an entry of a directory of thousands, and goes on with it as one scrolls", async () => {
    const directory = join(lanes.platform.homeDirectory, "many");
    await mkdir(directory);
    const names = Array.from({ length: 900 }, (_, at) => `part-${String(at).padStart(4, "0")}.csv`);
    await Promise.all(names.map((name) => writeFile(join(directory, name), "")));
    const { client } = lanes.platform;
    const path = lanes.homePath("many");
    expect((await client.listFiles(path, { name: "RT-089" })).entries.map(({ name }) => name)).toEqual(
      names.slice(890),
    );
    await page.getByRole("link", { name: "Notemill, start" }).click();
    for (const name of path.split("/").slice(1)) await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("link", { name: "part-0000.csv" }).waitFor();
    // The list grows to its end, and what is far above is not kept in the page.
    const last = page.getByRole("link", { name: "part-0899.csv" });
    await expect
      .poll(async () => {
        await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
        return last.count();
      })
      .toBe(1);
    await expect.poll(() => page.getByRole("link", { name: "part-0000.csv" }).count()).toBe(0);
    expect(await page.locator("table.files tbody tr").count()).toBeLessThan(800);
    await page.evaluate(() => scrollTo(0, 0));
    await page.getByRole("link", { name: "part-0000.csv" }).waitFor();
    await page.getByLabel("Only names with").fill("t-0777");
    await page.getByRole("link", { name: "part-0777.csv" }).waitFor();
    await expect.poll(() => page.locator("table.files tbody tr").count()).toBe(1);
    await expectAccessible();
    await page.getByLabel("Only names with").fill("nothing");
    await page.getByText("No name in here has “nothing” in it.").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "part-0000.csv" }).waitFor();
    await lanes.expectNothing();
  });

  it("shows no name any longer that is deleted while the next part of a directory is on its way", async () => {
    await page.reload();
    const gone = page.getByRole("link", { name: "part-0001.csv" });
    await gone.waitFor();
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    await page.route("**/api/v1/files/entries?*", async (route) => {
      await held;
      await route.continue();
    });
    const again = page.waitForRequest(/files\/entries\?(?!.*cursor)/);
    await page.getByRole("button", { name: "Delete part-0001.csv" }).click();
    await again;
    // The end comes near, and more is wanted, before the list is read again.
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await settle(page);
    const next = page.waitForResponse(/files\/entries\?.*cursor/);
    goOn();
    await next;
    await page.unroute("**/api/v1/files/entries?*");
    await page.evaluate(() => scrollTo(0, 0));
    await page.getByRole("link", { name: "part-0000.csv" }).waitFor();
    // The answers may come in either order.
    await expect.poll(() => gone.count()).toBe(0);
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

  it("shows tables page by page, sorted and filtered by the server, and reads no other file", async () => {
    const { client } = lanes.platform;
    const save = (name: string, text: string): Promise<unknown> =>
      client.saveFile(lanes.homePath(name), Buffer.from(text), { ifNoneMatch: "*" });
    const rows = Array.from({ length: 250 }, (_, index) => `${index},"name ${index}, <b>",${index / 8}`);
    await save("t.csv", `id,the name,part\n${rows.join("\n")}\n`);
    await save("big.jsonl", '{"n": 12345678901234567890, "x": [1, 2]}\n{"n": 1, "x": null}\n');
    const name = lanes.homePath("t.csv");
    expect(await client.readTable(name, { limit: 1, offset: 249 })).toEqual({
      columns: [
        { name: "id", type: "BIGINT", is_number: true },
        { name: "the name", type: "VARCHAR", is_number: false },
        { name: "part", type: "DOUBLE", is_number: true },
      ],
      column_count: 3,
      rows: [["249", "name 249, <b>", "31.125"]],
      row_count: 250,
    });
    const big = await client.readTable(lanes.homePath("big.jsonl"), { sort: "n", order: "desc" });
    expect(big.rows).toEqual([
      ["12345678901234567890", "[1, 2]"],
      ["1", null],
    ]);
    for (const [path, wanted, code] of [
      [name, { sort: "none" }, "TABLE_UNREADABLE"],
      [lanes.homePath("none.csv"), {}, "FILE_NOT_FOUND"],
      [lanes.homePath("grain.ipynb"), {}, "TABLE_UNREADABLE"],
      [name, { filters: [{ column: 'id" or 1=1 --', is: "equals", value: "1" }] }, "TABLE_UNREADABLE"],
    ] as const)
      await expect(client.readTable(path, wanted as object)).rejects.toMatchObject({ code });
    // A file that names others shows none of them.
    await save("leak.json", JSON.stringify({ a: "read_csv('/etc/passwd')" }));
    expect((await client.readTable(lanes.homePath("leak.json"))).rows).toEqual([["read_csv('/etc/passwd')"]]);

    await page.goto(`http://localhost:${lanes.port}/view${name}`);
    await page.getByText("1–100 of 250 rows").waitFor();
    await expectAccessible();
    await page.getByRole("button", { name: "part", exact: true }).press("Enter");
    await page.getByRole("button", { name: "part", exact: true }).press("Enter");
    const first = page.getByRole("group", { name: "Rows" }).locator("tbody tr").first();
    await first.getByText("name 249, <b>").waitFor();
    await page.getByLabel("Filter id").fill("< 5");
    await page.getByText("1–5 of 5 rows").waitFor();
    expect(await first.innerText()).toBe("4\tname 4, <b>\t0.5");
    await page.getByLabel("Filter the name").fill("nobody");
    await page.getByText("No row is like this.").waitFor();
    await expectAccessible();
    await page.getByRole("button", { name: "As text" }).click();
    await page.getByText("id,the name,part").waitFor();
    await lanes.expectNothing();
  });

  it("shows a Parquet file page by page, sorted and filtered by the server", async () => {
    const cwd = lanes.platform.homeDirectory;
    const settings = { allowedDirectories: [], memoryLimit: "256MiB", threads: 1, timeZone: "UTC" };
    const database = await openDatabase({ cwd, spillDirectory: join(cwd, ".spill") }, settings);
    await database.run(`COPY (
      SELECT n AS "no.", 'site ' || n AS site, n / 8 AS depth, TIMESTAMP '2026-01-01' + INTERVAL 1 HOUR * n AS at, [n, n + 1] AS pair
      FROM range(1200) rows(n)
    ) TO '${join(cwd, "measured.parquet")}' (FORMAT parquet)`);
    database.closeSync();

    await page.goto(`http://localhost:${lanes.port}/view${lanes.homePath("measured.parquet")}`);
    await page.getByText("1–100 of 1,200 rows").waitFor();
    const rows = page.getByRole("group", { name: "Rows" });
    const first = rows.locator("tbody tr").first();
    await expect.poll(() => first.innerText()).toBe("0\tsite 0\t0.0\t2026-01-01 00:00:00\t[0, 1]");
    await page.getByRole("button", { name: "Next rows" }).click();
    await page.getByText("101–200 of 1,200 rows").waitFor();
    await expect.poll(() => first.innerText()).toContain("100\tsite 100\t12.5\t2026-01-05 04:00:00");
    await expectAccessible();
    for (const _turn of ["up", "down"]) await rows.getByRole("button", { name: "at", exact: true }).click();
    await first.getByText("site 1199", { exact: true }).waitFor();
    await page.getByText("1–100 of 1,200 rows").waitFor();
    await page.getByLabel("Filter no.").fill("> 1189");
    await page.getByText("1–10 of 10 rows").waitFor();
    await page.getByLabel("Filter site").fill("95");
    await page.getByText("The only row", { exact: true }).waitFor();
    await expect.poll(() => first.innerText()).toContain("1195\tsite 1195\t149.375");
    await lanes.expectNothing();
  });

  it("says what a run waits for, which was asked for in the environment that was picked", async () => {
    const { client, homeDirectory } = lanes.platform;
    // The run is never tried, so it needs no kernel.
    await client.putEnvironment("small", { kind: "requirements", text: "six==1.16.0 # no ipykernel" });
    await writeNotebook(join(homeDirectory, "later.ipynb"), ["x = 1", "print(x)"]);
    await page.goto(`http://localhost:${lanes.port}/view${lanes.homePath("later.ipynb")}?run`);
    await page.getByLabel("Environment").selectOption("small");
    await page.getByRole("button", { name: "Run", exact: true }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    const note = page.getByRole("status").filter({ hasText: "No runner was heard of lately" });
    await note.getByText("start one: notemill runner --server URL").waitFor();
    await expectAccessible();
    const id = page.url().split("/").at(-1) ?? "";
    expect(await client.getRun(id)).toMatchObject({ environment: "small", memory_bytes: null });
    await page.getByRole("link", { name: "Runs", exact: true }).first().click();
    await page.getByText("One run waits: no runner was heard of lately.").waitFor();
    await client.cancelRun(id);
    await page.getByRole("row", { name: /Cancelled later\.ipynb/ }).waitFor();
    await page.getByText("One run waits", { exact: false }).waitFor({ state: "detached" });
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
    expect(await other.getByRole("button", { name: "Schedule …" }).count()).toBe(0);
    await reader.close();
  });
});
