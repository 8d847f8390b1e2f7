/// <reference lib="dom" />
import { writeFile } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { CHROMIUM } from "../../packages/html-export/test/chromium.ts";
import { settle } from "../../packages/html-export/test/inspect-page.ts";
import { describeWith } from "../requirements.ts";
import { type AppBed, newAppPlace, openAppBed } from "./app-bed.ts";

/** More cells than fill a window and what is made ready beyond it. */
const CELLS = 80;

/** Cells that print their number; one of them has its output hidden. */
const LONG = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    { cell_type: "markdown", id: "title", metadata: {}, source: "# Long" },
    ...Array.from({ length: CELLS }, (_, at) => ({
      cell_type: "code",
      id: `c${at}`,
      metadata: at === 60 ? { jupyter: { outputs_hidden: true } } : {},
      source: `print("number", ${at})\n# one\n# two\n# three\n# four`,
      execution_count: at + 1,
      outputs: [{ output_type: "stream", name: "stdout", text: `number\u001B[31m ${at}\u001B[0m is out\n` }],
    })),
  ],
};

/** A data frame as pandas writes it, with an index that has a name. */
function dataFrame(rows: readonly (readonly [string, string, string])[]): object {
  const body = rows.map(
    ([index, name, value]) => `<tr><th>${index}</th><td>${name}</td><td>${value}</td></tr>`,
  );
  const head =
    '<tr style="text-align: right;"><th></th><th>name</th><th>value</th></tr><tr><th>day</th><th></th><th></th></tr>';
  const html = `<div><table border="1" class="dataframe"><thead>${head}</thead><tbody>${body.join("")}</tbody></table></div>`;
  return {
    output_type: "execute_result",
    execution_count: 1,
    metadata: {},
    data: { "text/html": html, "text/plain": "df" },
  };
}

const FRAMES = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    dataFrame([
      ["0", "b", "1,000.5"],
      ["1", "a", "NaN"],
      ["2", "c", "20"],
    ]),
    dataFrame(Array.from({ length: 60 }, (_, at) => [String(at), `n${at % 7}`, String((at * 37) % 101)])),
  ].map((output, at) => ({
    cell_type: "code",
    id: `f${at}`,
    metadata: {},
    source: "df",
    execution_count: at + 1,
    outputs: [output],
  })),
};

const GEO = {
  type: "FeatureCollection",
  features: [
    { type: "Feature", geometry: { type: "Point", coordinates: [5, 45] }, properties: { name: "Lyon" } },
    { type: "Feature", geometry: { type: "Point", coordinates: [2, 49] }, properties: { name: "Paris" } },
  ],
};

/** Text under three headings, the middle one with a map. */
const MAP = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: ["# Places", "## North", "## South", "## East"].flatMap((heading, at) => [
    { cell_type: "markdown", id: `h${at}`, metadata: {}, source: `${heading}\n\n${"Words.\n\n".repeat(30)}` },
    {
      cell_type: "code",
      id: `m${at}`,
      metadata: {},
      source: "show()",
      execution_count: at + 1,
      outputs:
        at === 2
          ? [{ output_type: "display_data", metadata: {}, data: { "application/geo+json": GEO } }]
          : [],
    },
  ]),
};

describeWith(CHROMIUM, "reading a notebook in Chromium", () => {
  const place = newAppPlace();
  const address = `/view/home/${userInfo().username}/long.ipynb`;
  let app: AppBed;
  let page: Page;

  beforeAll(async () => {
    app = await openAppBed(place, async () => {
      await writeFile(join(place.home, "long.ipynb"), JSON.stringify(LONG));
      await writeFile(join(place.home, "frames.ipynb"), JSON.stringify(FRAMES));
      await writeFile(join(place.home, "map.ipynb"), JSON.stringify(MAP));
    });
    ({ page } = app);
  });
  afterAll(() => app?.[Symbol.asyncDispose]());

  const open = async (query = ""): Promise<void> => {
    await app.goTo(address + query);
    await page.getByRole("heading", { name: "Long", level: 1 }).waitFor();
    await page.locator(`#cell-c${CELLS - 1}`).waitFor({ state: "attached" });
  };
  const outputs = (): Promise<number> => page.locator(".cell-outputs .output").count();
  /** How many there are once those near the window have been made. */
  const steadyOutputs = async (): Promise<number> => {
    for (let before = 0; ;) {
      await settle(page);
      const count = await outputs();
      if (count > 0 && count === before) return count;
      before = count;
    }
  };
  /** The text of the place where the reader is, and whether it is in an output. */
  const current = (): Promise<readonly (readonly [string, boolean])[]> =>
    page.evaluate(() =>
      [...(CSS.highlights.get("notemill-find-current") ?? [])].map((range) => [
        String(range),
        range.startContainer.parentElement?.closest(".cell-outputs") !== null,
      ]),
    );
  /** The text of what is marked. */
  const marked = (): Promise<readonly string[]> =>
    page.evaluate(() => [...(CSS.highlights.get("notemill-find") ?? [])].map((range) => String(range)));

  it("puts the outputs of all cells on paper, those that the window has not come near too", async () => {
    await open();
    const before = await steadyOutputs();
    expect(before).toBeLessThan(CELLS);
    await page.evaluate(() => {
      addEventListener("beforeprint", () => {
        document.body.title = String(document.querySelectorAll(".cell-outputs .output").length);
      });
    });
    await page.pdf();
    // All but the one that is hidden.
    expect(await page.evaluate(() => document.body.title)).toBe(String(CELLS - 1));
    await expect.poll(outputs).toBe(before);
  });

  it("copies the code of a cell", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.locator("#cell-c1").hover();
    const button = page.locator("#cell-c1").getByRole("button", { name: "Copy the code" });
    await button.click();
    await page.locator("#cell-c1").getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(LONG.cells[2]?.source);
    await app.expectAccessible();
  });

  it("finds what is in outputs that are not made yet, and in hidden ones, by keys alone", async () => {
    await open();
    await page.keyboard.press("f");
    const field = page.getByRole("searchbox", { name: "Find in this notebook" });
    await field.waitFor();
    await page.keyboard.type("NUMBER 7");
    await page.getByText("1 of 11", { exact: true }).waitFor();
    await expect.poll(marked).toEqual(["number 7"]);
    await app.expectAccessible();
    await page.keyboard.press("Shift+Enter");
    await page.getByText("11 of 11", { exact: true }).waitFor();
    await expect.poll(() => page.locator("#cell-c79").getByText("number 79 is out").count()).toBe(1);
    await field.fill("60 is out");
    await page.getByText("1 of 1", { exact: true }).waitFor();
    await expect.poll(marked).toEqual(["60 is out"]);
    // In every cell it is in the code and in the output, and one of them is where the reader is.
    await field.fill("number");
    await page.getByText("1 of 160", { exact: true }).waitFor();
    await expect.poll(marked).toEqual(["number", "number"]);
    await expect.poll(current).toEqual([["number", false]]);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("2 of 160", { exact: true }).waitFor();
    await expect.poll(current).toEqual([["number", true]]);
    await app.expectAccessible();
    await field.fill("is in");
    await page.getByText("Nowhere").waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => field.count()).toBe(0);
    await expect.poll(marked).toEqual([]);
  });

  it("folds and unfolds the code and the output of a cell, by the mouse and by keys", async () => {
    await open();
    const cell = page.locator("#cell-c1");
    const code = cell.getByRole("button", { name: "Code of cell 2" });
    const output = cell.getByRole("button", { name: "Output of cell 2" });
    await cell.hover();
    await code.click();
    expect(await code.getAttribute("aria-expanded")).toBe("false");
    expect(await code.innerText()).toBe('print("number", 1) … 5 lines');
    expect(await cell.locator("pre.code").count()).toBe(0);
    // Others are as they were, elements and all.
    expect(await page.locator("#cell-c0 pre.code").count()).toBe(1);
    await output.click();
    expect(await output.innerText()).toBe("number 1 is out");
    expect(await cell.locator(".output").count()).toBe(0);
    await app.expectAccessible();
    await output.press("Enter");
    await cell.locator(".output").waitFor();
    expect(await output.getAttribute("aria-expanded")).toBe("true");
    await code.press("Space");
    await cell.locator("pre.code").waitFor();
    // The cell at hand, without a way to its buttons.
    await page.keyboard.press("j");
    await page.keyboard.press("i");
    await page.keyboard.press("o");
    const next = page.locator("#cell-c2");
    await expect.poll(() => next.locator("pre.code, .output").count()).toBe(0);
    expect(app.strange()).toEqual([]);
  });

  it("folds all code and unfolds everything, also what was folded alone or by the author", async () => {
    await open();
    await page.locator("#cell-c1").hover();
    await page.getByRole("button", { name: "Output of cell 2" }).click();
    await page.getByRole("button", { name: "Code of cell 2" }).click();
    await page.keyboard.press("z");
    await page.keyboard.press("c");
    await expect.poll(() => page.locator(".notebook pre.code").count()).toBe(0);
    await page.locator("#cell-c0 .output").waitFor();
    await page.getByRole("button", { name: "Code of cell 1:" }).click();
    expect(await page.locator(".notebook pre.code").count()).toBe(1);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("unfold all");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(".notebook pre.code").count()).toBe(CELLS);
    expect(await page.locator('.notebook .fold[aria-expanded="false"]').count()).toBe(0);
    await page.locator("#cell-c60").scrollIntoViewIfNeeded();
    await page.locator("#cell-c60 .output").waitFor();
    expect(app.strange()).toEqual([]);
  });

  it("folds what is below a heading, and unfolds it for who goes there or finds something in it", async () => {
    await app.goTo(address.replace("long", "map"));
    const heading = page.getByRole("heading", { name: "South", level: 2 });
    const fold = page.getByRole("button", { name: "Section South" });
    await heading.scrollIntoViewIfNeeded();
    await page.locator("#cell-h2").hover();
    await fold.click();
    expect(await fold.getAttribute("aria-expanded")).toBe("false");
    await page.locator("#cell-h2").getByText("1 cell folded").waitFor();
    expect(await page.locator("#cell-m2").isVisible()).toBe(false);
    expect(await page.locator("#cell-h3").isVisible()).toBe(true);
    await app.expectAccessible();
    await page.keyboard.press("z");
    await page.keyboard.press("s");
    await page.locator("#cell-m3").waitFor({ state: "hidden" });
    await page.evaluate(() => (location.hash = "#cell-m2"));
    await page.locator("#cell-m2").waitFor();
    expect(await page.locator("#cell-m3").isVisible()).toBe(false);
    // Once more, where the address is that already.
    await fold.click();
    await page.locator("#cell-m2").waitFor({ state: "hidden" });
    await page.evaluate(() => {
      const link = document.createElement("a");
      link.href = location.href;
      document.body.append(link);
      link.click();
    });
    await page.locator("#cell-m2").waitFor();
    await fold.click();
    await page.keyboard.press("f");
    await page.keyboard.type("show");
    await page.getByText("1 of 4", { exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.locator("#cell-m2").waitFor();
    expect(app.strange()).toEqual([]);
  });

  it("goes from cell to cell by keys, and lists them in the help and the palette", async () => {
    await open();
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.id ?? "");
    for (const [key, id] of [
      ["j", "cell-c0"],
      ["j", "cell-c1"],
      ["k", "cell-c0"],
    ] as const) {
      await page.keyboard.press(key);
      expect(await focused()).toBe(id);
    }
    await page.keyboard.press("?");
    await page.getByRole("dialog").getByText("Next cell").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("hide code");
    await page.keyboard.press("Enter");
    await expect.poll(() => new URL(page.url()).search).toBe("?code=hide");
    // Two keys are what two keys are, though the second is one of its own.
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await page.getByRole("heading", { name: "Compare", level: 1 }).waitFor();
  });

  it("hides code for whoever has the link, and shows the file as text", async () => {
    await open("?code=hide");
    expect(await page.locator(".notebook .source").count()).toBe(0);
    await page.getByRole("button", { name: "Hide code" }).click();
    await page.locator("#cell-c0 .source").waitFor();
    expect(new URL(page.url()).search).toBe("");
    await page.getByRole("link", { name: "As text" }).click();
    await page.getByRole("group", { name: "Text of long.ipynb" }).getByText('"nbformat_minor"').waitFor();
    await app.expectAccessible();
    await page.getByRole("link", { name: "As a notebook" }).click();
    await page.getByRole("heading", { name: "Long", level: 1 }).waitFor();
    expect(app.strange()).toEqual([]);
  });

  it("sorts the HTML of a data frame by its columns, numbers as numbers, and gives a long one pages", async () => {
    await app.goTo(address.replace("long", "frames"));
    const frame = page.locator("#cell-f0 table");
    const names = async (): Promise<string> =>
      (await frame.locator("tbody tr td:first-of-type").allTextContents()).join("");
    await frame.getByRole("button", { name: "value" }).click();
    // What is nothing comes last, whichever way.
    await expect.poll(names).toBe("cba");
    await app.expectAccessible();
    await frame.getByRole("button", { name: "value" }).click();
    await expect.poll(names).toBe("bca");
    expect(await frame.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("descending");
    await frame.getByRole("button", { name: "value" }).click();
    await expect.poll(names).toBe("bac");
    // The index has its name in a row of its own.
    await frame.getByRole("button", { name: "day" }).click();
    await frame.getByRole("button", { name: "day" }).click();
    await expect.poll(names).toBe("cab");

    const long = page.locator("#cell-f1");
    const shown = long.locator("tbody tr:visible");
    await long.getByText("1–50 of 60 rows").waitFor();
    expect(await shown.count()).toBe(50);
    await long.getByRole("button", { name: "Next rows" }).click();
    await long.getByText("51–60 of 60 rows").waitFor();
    expect(await shown.count()).toBe(10);
    await long.getByRole("button", { name: "name" }).click();
    await long.getByText("1–50 of 60 rows").waitFor();
    expect(await shown.first().innerText()).toContain("n0");
    await app.expectAccessible();
    expect(app.strange()).toEqual([]);
  });

  it("marks in the contents where somebody reads, and says what is on a map", async () => {
    await app.goTo(address.replace("long", "map"));
    const contents = page.getByRole("navigation", { name: "Contents" });
    const current = contents.locator("[aria-current]");
    await contents.getByRole("link", { name: "South" }).waitFor();
    expect(await current.count()).toBe(0);
    await page.locator("#cell-m1").evaluate((it) => it.scrollIntoView());
    await expect.poll(() => current.allTextContents()).toEqual(["North"]);
    await contents.getByRole("link", { name: "South" }).click();
    await expect.poll(() => current.allTextContents()).toEqual(["South"]);
    await app.expectAccessible();
    await page.locator("#cell-m2").getByText("Properties").click();
    await page.getByRole("cell", { name: "Lyon" }).waitFor();
    await page.getByRole("button", { name: "name" }).click();
    await app.expectAccessible();
    expect(app.strange()).toEqual([]);
  });

  it("makes a link of which the page has no code, and says what stays", async () => {
    await open();
    await page.getByRole("button", { name: "Share …" }).click();
    const sheet = page.getByRole("dialog", { name: "Share" });
    await sheet.getByLabel("Without code").check();
    await sheet.getByText("What cells have printed stays").waitFor();
    await sheet.getByRole("button", { name: "Make a link" }).click();
    const url = await sheet.getByLabel("The link, which is shown this once").inputValue();
    await sheet.getByText("A link, without code").waitFor();
    await app.expectAccessible();
    const shown = await (await fetch(url)).text();
    expect([shown.includes(" is out"), shown.includes("# four")]).toEqual([true, false]);
    expect(app.strange()).toEqual([]);
  });
});
