import fc from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exportHtml } from "@notemill/html-export";
import type { Cell, Notebook } from "@notemill/nbformat";
import { describeWith } from "../../../tests/requirements.ts";
import { CHROMIUM, launchChromium } from "./chromium.ts";
import { findAccessibilityProblems } from "./find-accessibility-problems.ts";
import { findActiveParts } from "./inspect-page.ts";
import { readFixture } from "./read-fixture.ts";

describeWith(CHROMIUM, "a page in Chromium", () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
    page = await browser.newPage();
  });

  afterAll(() => browser.close());

  const report = readFixture("report.ipynb");

  async function open(html: string, width: number, colorScheme: "light" | "dark"): Promise<void> {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, media: "screen" });
    await page.setContent(html);
  }

  it.each(["light", "dark"] as const)("has no problem that axe finds in the %s theme", async (scheme) => {
    await open(exportHtml(report, { hidden: "fold" }), 390, scheme);
    expect(await findAccessibilityProblems(page)).toEqual([]);
  });

  it.each([1440, 1024, 390])("fits into a window %d pixels wide", async (width) => {
    await open(exportHtml(report), width, "light");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBe(0);
  });

  it.each([
    ["auto", "light", "rgb(255, 255, 255)"],
    ["auto", "dark", "rgb(21, 24, 27)"],
    ["light", "dark", "rgb(255, 255, 255)"],
    ["dark", "light", "rgb(21, 24, 27)"],
  ] as const)("in theme %s with a %s system is %s", async (theme, scheme, colour) => {
    await open(exportHtml(report, { theme }), 800, scheme);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      colour,
    );
  });

  it("prints in the light theme, without what a sheet of paper cannot do", async () => {
    await open(exportHtml(report), 800, "dark");
    await page.emulateMedia({ media: "print" });
    const print = await page.evaluate(() => ({
      page: getComputedStyle(document.documentElement).backgroundColor,
      contents: [...document.querySelectorAll("nav")].map((nav) => getComputedStyle(nav).display),
      boxes: [
        ...new Set([...document.querySelectorAll(".box")].map((box) => getComputedStyle(box).maxHeight)),
      ],
    }));
    expect(print).toEqual({ page: "rgb(255, 255, 255)", contents: ["none", "none"], boxes: ["none"] });
  });

  it("prints what a reader could unfold of an error, and not what the notebook hides", async () => {
    await open(exportHtml(report, { hidden: "fold" }), 800, "light");
    const seen = () =>
      page.evaluate(() => ({
        traceback: document.querySelector(".traceback")?.checkVisibility(),
        hidden: document.querySelector("main > .cell > .fold")?.checkVisibility(),
      }));
    expect(await seen()).toEqual({ traceback: false, hidden: true });
    await page.emulateMedia({ media: "print" });
    expect(await seen()).toEqual({ traceback: true, hidden: false });
  });

  it("leads from the summary to the cell that failed", async () => {
    await open(exportHtml(report), 1024, "light");
    const target = await page.getAttribute(".failure a", "href");
    expect(await page.locator(`${target} .message`).textContent()).toBe("KeyError: 'price'");
  });

  it("keeps the colours of a pandas Styler, readable in the dark", async () => {
    await open(exportHtml(report), 1024, "dark");
    const colours = await page.evaluate(() =>
      [...document.querySelectorAll("#cell-styler td")].map((cell) => getComputedStyle(cell).backgroundColor),
    );
    expect(new Set(colours.filter((it) => it !== "rgba(0, 0, 0, 0)")).size).toBeGreaterThan(5);
  });

  it("keeps any markup in its cell", async () => {
    const pieces = fc.constantFrom(
      ...TAGS.flatMap((tag) => [`<${tag}>`, `<${tag}>`, `</${tag}>`]),
      "x",
      "<br>",
      "<!--",
      "-->",
      "$x$",
      "\n\n",
      "<p style='display:table-cell'>",
      "<div style='float:left'>",
      "</section></main>",
    );
    const fragments = fc.sample(fc.array(pieces, { minLength: 2, maxLength: 25 }), { numRuns: 400, seed: 7 });
    const cells = fragments.map((fragment, index): Cell => {
      const markup = fragment.join("");
      if (index % 2 === 0)
        return { cell_type: "markdown", id: `f${index}`, metadata: {}, source: `${markup}\n\nend` };
      const data = { "text/html": `${markup}end` };
      return {
        cell_type: "code",
        id: `f${index}`,
        metadata: {},
        source: "x",
        execution_count: 1,
        outputs: [{ output_type: "display_data", metadata: {}, data }],
      };
    });
    const notebook: Notebook = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
    const html = exportHtml(notebook, { title: "t", toc: "omit" });
    await open(html, 1024, "light");
    const shape = await page.evaluate(() => ({
      cells: [...document.querySelectorAll("main > *")].map(({ id }) => id),
      sections: document.querySelectorAll("section.cell").length,
      // An element that stays open would go on in the next cell.
      leaks: [...document.querySelectorAll("main > section.code > :first-child")].filter(
        (it) => !it.matches("p.prompt"),
      ).length,
      body: document.body.children.length,
    }));
    const written = [...html.matchAll(/^<section class="cell [^>]*id="([^"]*)">/gm)].map(([, id]) => id);
    expect(shape).toEqual({ cells: written, sections: written.length, leaks: 0, body: 4 });
    expect(await findActiveParts(page)).toEqual([]);
  });
});

const TAGS =
  "a b i u code span font div p section details summary table thead tbody tfoot tr td th caption colgroup ul ol li dl dt dd h1 h3 blockquote pre ruby rt center nobr button form select option svg math mtext style template noscript title textarea frameset body html head marquee object iframe".split(
    " ",
  );
