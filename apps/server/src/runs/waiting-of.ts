import type { RunDetail } from "@notemill/api";
import { countAbleRunners, type StoredRun } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { readSettings } from "./present-run.ts";

/** What a run in the queue waits for: a free runner, or one that is not there. */
export async function waitingOf(
  { driver, now, runnerSilenceMs }: Pick<Platform, "driver" | "now" | "runnerSilenceMs">,
  run: StoredRun,
): Promise<RunDetail["waiting"]> {
  if (run.status !== "queued") return null;
  const { labels = [] } = readSettings(run);
  const runnersSince = new Date(now().getTime() - runnerSilenceMs);
  const able = await countAbleRunners(driver, { labels, runnersSince });
  return { able_runners: able, message: messageOf(able, labels) };
}

function messageOf(able: number, labels: readonly string[]): string {
  const having = labels.length === 0 ? "" : ` that has ${labels.join(", ")}`;
  if (able > 0) return `it waits for its turn at a runner${having}`;
  const how = labels.map((label) => ` --label ${label}`).join("");
  return `no runner was heard of lately${having}; start one: notemill runner --server URL${how}`;
}
