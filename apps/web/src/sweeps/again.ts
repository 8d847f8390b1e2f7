import type { RunSettings, StartedRun, SweepChild, SweepPage } from "@notemill/api";
import { server } from "../server/server.ts";
import { setsOf } from "./sweep-grid.ts";

/** How many runs are read at once. */
const PAGE = 1000;

/** Starts a sweep with all sets of parameters of an earlier one, of the notebook as it is now. */
export async function startAgain(id: string): Promise<StartedRun> {
  const { page, children } = await readAll(id);
  const { path, kernel_name: kernelName, priority, tags } = page.run;
  // The settings of the runs are not those of their parent, which is not tried again.
  const childId = children.find((child) => child.run_id !== null)?.run_id ?? null;
  const settings = settingsOf(childId === null ? page.run : await server.getRun(childId));
  return server.submitSweep({
    path,
    grid: setsOf(children),
    concurrency: page.concurrency,
    on_failure: page.on_failure,
    priority,
    tags,
    ...(kernelName === null ? {} : { kernel_name: kernelName }),
    ...settings,
  });
}

/** A sweep with all of its runs. */
export async function readAll(
  id: string,
): Promise<{ readonly page: SweepPage; readonly children: readonly SweepChild[] }> {
  const page = await server.getSweep(id, { limit: PAGE });
  const children = [...page.children];
  for (let after = page.next; after !== null;) {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next one begins
    const more = await server.getSweep(id, { after, limit: PAGE });
    children.push(...more.children);
    after = more.next;
  }
  return { page, children };
}

function settingsOf(run: RunSettings) {
  const { memory_bytes, cpus, labels, timeouts, retry, keep_kernel_ms, environment } = run;
  return {
    memory_bytes: memory_bytes ?? null,
    cpus: cpus ?? null,
    ...(labels === undefined ? {} : { labels }),
    timeouts,
    retry,
    keep_kernel_ms,
    environment: environment ?? null,
  };
}
