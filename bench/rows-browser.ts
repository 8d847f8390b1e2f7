import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fillRuns, inDatabase, runId } from "./fill-database.ts";
import { writeNotebook } from "./notebooks.ts";
import { type BenchmarkRow, percentile } from "./row.ts";
import { type BrowserBed, keyTimes, openBrowserBed, press, type Shown } from "./web-bed.ts";
import { writeLargeNotebook, writeReadNotebook } from "./web-notebooks.ts";

const ROUNDS = 5;
const FILES = 100_000;
const RUNS = 1_000_000;
const PRINTS = 200_000;

/** The first line of code of a notebook, and the entries of a list. */
const CELLS = ".notebook .cell pre.code";
const ENTRIES = "table.files td.name a";
const LISTED_RUNS = "table.runs td.name a";

/** Rows about the web app in Chromium. Their peer is a number that was set. */
export function browserRows(directory: string): readonly BenchmarkRow[] {
  return [
    {
      number: 14,
      name: "web-paint",
      work: "a notebook of 1,000 cells in the browser, from the press on its link to its first paint",
      peer: "300 ms",
      bar: 1,
      unit: "ms",
      measure: async () => ({
        ours: (await openThousand(join(directory, "web-paint"))).map(({ painted }) => painted),
        peer: [300],
      }),
    },
    {
      number: 14,
      name: "web-usable",
      work: "the same, until all cells are there and no task of 50 ms is left",
      peer: "500 ms",
      bar: 1,
      unit: "ms",
      measure: async () => ({
        ours: (await openThousand(join(directory, "web-usable"))).map(({ usable }) => usable),
        peer: [500],
      }),
    },
    {
      number: 17,
      name: "web-large",
      work: "the longest task of the page while a notebook of 50 MB opens in the browser",
      peer: "200 ms",
      bar: 1,
      unit: "ms",
      measure: async (report) => ({
        ours: await openLarge(join(directory, "web-large"), report),
        peer: [200],
      }),
    },
    {
      number: 18,
      name: "web-prints",
      work: "a key pressed in the page of a run that prints 10,000 lines a second, until the screen has changed, p98",
      peer: "200 ms",
      bar: 1,
      unit: "ms",
      measure: async (report) => ({
        ours: [percentile(await watchPrints(join(directory, "web-prints"), report), 0.98)],
        peer: [200],
      }),
    },
    {
      number: 19,
      name: "web-directory",
      work: `a directory of ${FILES} files in the browser: from the press on its link, or on the last key of a name to look for, to the first paint; the slower of both`,
      peer: "500 ms",
      bar: 1,
      unit: "ms",
      measure: async (report) => ({
        ours: await browseMany(join(directory, "web-directory"), report),
        peer: [500],
      }),
    },
    {
      number: 20,
      name: "web-runs",
      work: `the list of ${RUNS} runs in the browser: from the press on a link to it, or to the failed ones, to the first paint; the slower of both`,
      peer: "500 ms",
      bar: 1,
      unit: "ms",
      measure: async (report) => ({ ours: await listMany(join(directory, "web-runs"), report), peer: [500] }),
    },
  ];
}

/** Opens notebooks of a thousand cells, one after the other, each for the first time; what comes before does not count. */
async function openThousand(directory: string): Promise<readonly Shown[]> {
  const home = await makeHome(directory);
  const names = Array.from({ length: ROUNDS + 1 }, (_, round) => `thousand-${round}.ipynb`);
  for (const name of names) await writeReadNotebook(join(home, name), 1000);
  await using bed = await openBrowserBed(directory);
  const times: Shown[] = [];
  for (const name of names) times.push(await openNotebook(bed, name, { cells: 900 }));
  return times.slice(1);
}

/** The longest task of each of some openings; the first does not count. */
async function openLarge(directory: string, report: (text: string) => void): Promise<readonly number[]> {
  const home = await makeHome(directory);
  const names = ["large-0.ipynb", "large-1.ipynb", "large-2.ipynb"];
  await writeReadNotebook(join(home, "small.ipynb"), 10);
  for (const name of names) await writeLargeNotebook(join(home, name));
  await using bed = await openBrowserBed(directory);
  await openNotebook(bed, "small.ipynb", { cells: 9 });
  const longest: number[] = [];
  for (const name of names) {
    const { painted, usable, longestTask } = await openNotebook(bed, name, { cells: 250 });
    report(`painted after ${painted.toFixed(0)} ms, usable after ${usable.toFixed(0)} ms`);
    longest.push(longestTask);
  }
  return longest;
}

/** Presses keys in the page of a run while it prints; gives how long each took to show. */
async function watchPrints(directory: string, report: (text: string) => void): Promise<readonly number[]> {
  const home = await makeHome(directory);
  await writeNotebook(home, "prints.ipynb", ["count = 1", PRINTING]);
  await using bed = await openBrowserBed(directory);
  const { page, platform } = bed;
  const { id } = await platform.client.submitRun({ path: "~/prints.ipynb" });
  await page.goto(`${platform.url}/runs/${id}`);
  await page.getByText("2 lines").or(page.locator(".long-text")).first().waitFor();
  const { keys, longestTask } = await keyTimes(page, { forMs: 15_000, everyMs: 150 });
  const { status } = await platform.client.getRun(id);
  if (status !== "running") throw new Error(`the run was ${status} before the last key`);
  const last = `line ${PRINTS - 1} of what`;
  await page.waitForFunction((text) => document.body.textContent.includes(text), last, { timeout: 120_000 });
  report(`${keys.length} keys, the longest task ${longestTask.toFixed(0)} ms, and the last line is there`);
  return keys;
}

/** Ten thousand lines a second, a hundred at a time. */
const PRINTING = `import time
begun = time.perf_counter()
for line in range(${PRINTS}):
    print(f"line {line} of what a program says while it works: {line / 7}")
    if line % 100 == 99:
        time.sleep(max(0, begun + line / 10_000 - time.perf_counter()))`;

async function browseMany(directory: string, report: (text: string) => void): Promise<readonly number[]> {
  const home = await makeHome(directory);
  await mkdir(join(home, "many"));
  for (let first = 0; first < FILES; first += 1000) {
    const names = Array.from({ length: 1000 }, (_, at) => `part-${String(first + at).padStart(6, "0")}.csv`);
    await Promise.all(names.map((name) => writeFile(join(home, "many", name), "")));
  }
  await using bed = await openBrowserBed(directory);
  const { page } = bed;
  const slower: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    // A new page has no answers of the round before.
    await page.goto(`${bed.platform.url}/`);
    await openHome(bed);
    const link = page.getByRole("link", { name: "many", exact: true });
    await link.waitFor();
    const opened = await press(page, () => link.click(), {
      selector: `${ENTRIES}[href*="part-"]`,
      count: 50,
    });
    const filter = page.getByLabel("Only names with");
    const before = page.waitForResponse((it) => new URL(it.url()).searchParams.get("name") === "part-0");
    await filter.fill("part-0");
    await (await before).finished();
    const found = await press(page, () => filter.pressSequentially("9"), {
      selector: `${ENTRIES}[href$="part-090000.csv"]`,
      count: 1,
    });
    report(`opened in ${opened.painted.toFixed(0)} ms, found in ${found.painted.toFixed(0)} ms`);
    if (round > 0) slower.push(Math.max(opened.painted, found.painted));
  }
  return slower;
}

async function listMany(directory: string, report: (text: string) => void): Promise<readonly number[]> {
  report("making a million runs");
  await inDatabase(`pglite:${join(directory, "data", "db")}`, directory, (driver) => fillRuns(driver, RUNS));
  await using bed = await openBrowserBed(directory, ["--no-runner"]);
  const { page, platform } = bed;
  const slower: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    await page.goto(`${platform.url}/`);
    const link = page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: "Runs" });
    const opened = await press(page, () => link.click(), { selector: LISTED_RUNS, count: 50 });
    const failed = page.getByRole("link", { name: "Failed", exact: true });
    // The third of those that failed; the page before has two of them.
    const filtered = await press(page, () => failed.click(), {
      selector: `${LISTED_RUNS}[href$="${runId(RUNS - 60)}"]`,
      count: 1,
    });
    report(`listed in ${opened.painted.toFixed(0)} ms, filtered in ${filtered.painted.toFixed(0)} ms`);
    if (round > 0) slower.push(Math.max(opened.painted, filtered.painted));
  }
  return slower;
}

async function makeHome(directory: string): Promise<string> {
  const home = join(directory, "home");
  await mkdir(home, { recursive: true });
  return home;
}

async function openHome({ page, platform, home }: BrowserBed): Promise<void> {
  await page.locator(".top-bar a").first().click();
  await page.waitForURL(`${platform.url}/`);
  await page.getByRole("link", { name: "home", exact: true }).click();
  await page.getByRole("link", { name: home.split("/").at(-1) ?? "", exact: true }).click();
}

async function openNotebook(bed: BrowserBed, name: string, { cells }: { cells: number }): Promise<Shown> {
  await openHome(bed);
  const link = bed.page.getByRole("link", { name, exact: true });
  await link.waitFor();
  return press(bed.page, () => link.click(), { selector: CELLS, count: cells });
}
