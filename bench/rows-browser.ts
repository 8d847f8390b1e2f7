import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BenchmarkRow } from "./row.ts";
import { type BrowserBed, openBrowserBed, press, type Shown } from "./web-bed.ts";
import { writeReadNotebook } from "./web-notebooks.ts";

const ROUNDS = 5;

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
  ];
}

/** Opens notebooks of a thousand cells, one after the other, each for the first time; what comes before does not count. */
async function openThousand(directory: string): Promise<readonly Shown[]> {
  const home = join(directory, "home");
  await mkdir(home, { recursive: true });
  const names = Array.from({ length: ROUNDS + 1 }, (_, round) => `thousand-${round}.ipynb`);
  for (const name of names) await writeReadNotebook(join(home, name), 1000);
  await using bed = await openBrowserBed(directory);
  const times: Shown[] = [];
  for (const name of names) times.push(await openNotebook(bed, name, { cells: 1000 }));
  return times.slice(1);
}

async function openNotebook(
  { page, platform, home }: BrowserBed,
  name: string,
  { cells }: { readonly cells: number },
): Promise<Shown> {
  await page.locator(".top-bar a").first().click();
  await page.waitForURL(`${platform.url}/`);
  await page.getByRole("link", { name: "home", exact: true }).click();
  await page.getByRole("link", { name: home.split("/").at(-1) ?? "", exact: true }).click();
  const link = page.getByRole("link", { name, exact: true });
  await link.waitFor();
  return press(page, () => link.click(), { selector: ".notebook .cell pre.code", count: cells });
}
