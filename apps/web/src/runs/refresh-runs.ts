import type { RunPage } from "@notemill/api";
import { isOver } from "./status-badge.tsx";

/** Runs of a page. Smaller ones that follow each other become one. */
const PAGE = 50;

/** Requests that one refresh of the newest runs may take. */
const MOST = 4;

/** What is read again. */
export interface RefreshOptions {
  /** The newest runs and pages with runs that are not over, or all: for a list that older runs come into. */
  readonly reads: "what-changes" | "all";
}

/**
 * Reads again what may have changed in a list of runs.
 *
 * The pages say where each begins and ends, so that no run is lost or twice however many are new. Where too
 * many are new, the list begins anew with them.
 *
 * @param read - Gives the page behind a run, the newest one for null.
 */
export async function refreshRuns(
  pages: readonly RunPage[],
  read: (before: string | null) => Promise<RunPage>,
  { reads }: RefreshOptions,
): Promise<readonly RunPage[]> {
  const fresh: RunPage[] = [];
  let before: string | null = null;
  for (const [index, page] of pages.entries()) {
    const mayChange = index === 0 || reads === "all" || !page.runs.every(({ status }) => isOver(status));
    if (!mayChange) fresh.push(page);
    else {
      const again = await readRange(before, page.next, read);
      if (again === null) return [await read(null)];
      fresh.push(...again);
    }
    before = page.next;
  }
  return fresh.reduce<readonly RunPage[]>(joined, []);
}

/** The runs behind one, up to and with another, or to the end; null where that takes too many requests. */
async function readRange(
  from: string | null,
  to: string | null,
  read: (before: string | null) => Promise<RunPage>,
): Promise<readonly RunPage[] | null> {
  const found: RunPage[] = [];
  let before = from;
  for (let request = 0; request < MOST; request++) {
    const page = await read(before);
    // Ids begin with the time, so that their order is that of the list.
    const isLast = to === null || page.next === null || page.next <= to;
    if (!isLast) found.push(page);
    else if (to === null) return [...found, page];
    else return [...found, { runs: page.runs.filter(({ id }) => id >= to), next: to }];
    before = page.next;
  }
  return null;
}

/** Adds a page to others; the first one stays by itself, as it is read each time. */
function joined(pages: readonly RunPage[], page: RunPage): readonly RunPage[] {
  const last = pages.at(-1);
  if (last === undefined || pages.length < 2 || last.runs.length + page.runs.length > PAGE)
    return [...pages, page];
  return [...pages.slice(0, -1), { runs: [...last.runs, ...page.runs], next: page.next }];
}
