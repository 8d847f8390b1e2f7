import {
  childrenOfPruned,
  type EndedPlace,
  forgetMessages,
  forgetRunners,
  oldWorkflowRuns,
  pruneWorkflowRun,
} from "@notemill/store";
import { startLoop } from "../operations/start-loop.ts";
import type { Platform } from "../platform.ts";
import { dropLooseFiles, dropSources, walkUnusedSources } from "./drop-sources.ts";
import { walkLostVersions } from "./drop-versions.ts";
import { DAY_MS, FAILED_LONGER } from "./policy.ts";
import { pruneRuns } from "./prune.ts";
import { agesBefore, type Walk, walkOldRuns, walkSurplusRuns } from "./walks.ts";

/** How often everything is gone through, in milliseconds. */
const ROUND_MS = 3_600_000;

/** Between two parts of a round others have their turn, in milliseconds. */
const PAUSE_MS = 50;

const BATCH = 100;

/** How long a runner is known that is not heard of; each start of one is another. */
const RUNNERS_MS = 7 * DAY_MS;

/** One kind of thing that goes. */
interface Duty {
  readonly kind: string;
  /** Lets go of a bounded part. */
  part(): Promise<{ readonly gone: number; readonly isOver: boolean }>;
}

/**
 * Lets go of what may, again and again, in small parts. How far it is, is what is still there: a server that
 * starts again begins a new round, and several servers do each other no harm.
 */
export function startRetention(platform: Platform, everyMs: number = ROUND_MS): AsyncDisposable {
  const { log, metrics, report, now } = platform;
  const duties = dutiesOf(platform);
  let turn = 0;
  let round: Record<string, number> = {};
  return startLoop({
    async pass() {
      const duty = duties[turn];
      if (duty === undefined) {
        metrics.retentionRound(now());
        if (Object.keys(round).length > 0) log.info(round, "what was old has gone");
        turn = 0;
        round = {};
        return everyMs;
      }
      const { gone, isOver } = await duty.part();
      if (gone > 0) {
        metrics.retained(duty.kind, gone);
        round[duty.kind] = (round[duty.kind] ?? 0) + gone;
      }
      if (isOver) turn += 1;
      return isOver && gone === 0 ? 0 : PAUSE_MS;
    },
    onFailed(error) {
      // What is behind it is not to wait for what does not work.
      report(
        `retention of ${duties[turn]?.kind ?? "nothing"} has failed and is tried again in the next round`,
        error,
      );
      turn += 1;
    },
    retryMs: PAUSE_MS,
  });
}

function dutiesOf(platform: Platform): readonly Duty[] {
  const { driver, versions, now, retention } = platform;
  const walking = <T>(kind: string, walk: Walk<T>, drop: (found: readonly T[]) => Promise<number>): Duty => ({
    kind,
    async part() {
      const { found, isOver } = await walk.next();
      return { gone: found.length === 0 ? 0 : await drop(found), isOver };
    },
  });
  const prune = pruneRuns.bind(undefined, platform);
  return [
    walking("runs", walkOldRuns(platform, retention), prune),
    walking("runs", walkSurplusRuns(platform, retention), prune),
    walking("runs", walkChildren(platform), prune),
    walking("workflow_runs", walkWorkflowRuns(platform), async (ids) => {
      let count = 0;
      for (const id of ids) if (await pruneWorkflowRun(driver, id, now())) count += 1;
      return count;
    }),
    {
      kind: "messages",
      async part() {
        const before = (ms: number): Date => new Date(now().getTime() - ms);
        const gone = await forgetMessages(driver, {
          sentBefore: before(retention.messagesMs),
          givenUpBefore: before(retention.messagesMs * FAILED_LONGER),
          limit: BATCH,
        });
        return { gone, isOver: gone < BATCH };
      },
    },
    {
      kind: "runners",
      async part() {
        const before = new Date(now().getTime() - RUNNERS_MS);
        const gone = await forgetRunners(driver, { before, limit: BATCH });
        return { gone, isOver: gone < BATCH };
      },
    },
    walking("sources", walkUnusedSources(platform), dropSources.bind(undefined, platform)),
    {
      kind: "source_files",
      part: async () => ({ gone: await dropLooseFiles(platform), isOver: true }),
    },
    walking("lost_versions", walkLostVersions(platform), async (keys) => {
      for (const key of keys) await versions.remove(key);
      return keys.length;
    }),
  ];
}

/** Goes through the children of sweeps that have gone. */
function walkChildren({ driver }: Platform): Walk<Awaited<ReturnType<typeof childrenOfPruned>>[number]> {
  return {
    async next() {
      const found = await childrenOfPruned(driver, BATCH);
      return { found, isOver: found.length < BATCH };
    },
  };
}

/** Goes through the workflow-runs that are over, oldest first. */
function walkWorkflowRuns({ driver, now, retention }: Platform): Walk<string> {
  let after: EndedPlace | null = null;
  return {
    async next() {
      const before = agesBefore(now(), retention);
      if (before === null) return { found: [], isOver: true };
      const page = await oldWorkflowRuns(driver, before, { after, count: BATCH });
      after = page.next;
      return { found: page.ids, isOver: after === null };
    },
  };
}
