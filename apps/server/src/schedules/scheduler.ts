import {
  cancelRun,
  cancelWorkflowRun,
  type DueTrigger,
  dueTriggers,
  type Fired,
  fireTrigger,
  fireTriggers,
  type Firing,
  followEnded,
  nextDueTrigger,
  type RunOfSlot,
  stallTrigger,
} from "@notemill/store";
import { startLoop } from "../operations/start-loop.ts";
import type { Platform } from "../platform.ts";
import { RECORD_FORM } from "../records/record-form.ts";
import { failureText } from "../runs/failure-text.ts";
import { takeTurns } from "../take-turns.ts";
import { checkAhead, runsNotebook, shareSources, startOfSlot, trySlot, whySkipped } from "./run-of-slot.ts";
import { stallReason } from "./stall-reason.ts";
import { workflowOf, workflowOfSlot } from "./workflow-of-slot.ts";

/** The longest sleep, in milliseconds: another server may have changed a schedule. */
const LONGEST_SLEEP_MS = 1000;

/** How many triggers are looked at before others are asked for. */
const BATCH = 1000;

/** How many are fired in one transaction, which everybody else waits for in an embedded database. */
const TOGETHER = 100;

/** How many of the notebooks that they run are read at once: most of it is waiting for the disk. */
const READ_AT_ONCE = 8;

/**
 * Fires schedules for as long as the server runs. Every server does; no slot fires twice.
 *
 * It sleeps until the next one is due or an event comes, and at most a second.
 */
export function startScheduling(platform: Platform): AsyncDisposable {
  return startLoop({
    async pass() {
      await followRuns(platform).catch((error: unknown) =>
        platform.report("runs that have ended could not be followed, which is tried again", error),
      );
      return fireDue(platform);
    },
    wait: platform.wakeups.untilTriggerDue,
    onFailed: (error) => platform.report("schedules could not be looked at, which is tried again", error),
    retryMs: LONGEST_SLEEP_MS,
  });
}

/** Makes the slots of schedules that follow runs, of those that have ended. */
async function followRuns({ driver, now, newId, closing }: Platform): Promise<void> {
  while (!closing.aborted && (await followEnded(driver, { now: now(), newId })));
}

/**
 * Fires every schedule that is due by the platform's clock.
 *
 * @returns How long nothing is due, in milliseconds, at most a second.
 */
async function fireDue(platform: Platform): Promise<number> {
  const { driver, now, closing } = platform;
  for (let isFull = true; isFull && !closing.aborted;) {
    const due = await dueTriggers(driver, { now: now(), limit: BATCH });
    const hasMoved = await fireAll(platform, due);
    // Those that somebody else has stay due, and must not keep this going.
    isFull = due.length === BATCH && hasMoved;
  }
  const next = await nextDueTrigger(driver);
  if (next === null) return LONGEST_SLEEP_MS;
  const waitMs = next.getTime() - now().getTime();
  // One that stays due is being fired by somebody else.
  return waitMs <= 0 ? RETRY_MS : Math.min(LONGEST_SLEEP_MS, waitMs);
}

/** When what stays due is looked at again, in milliseconds. */
const RETRY_MS = 250;

/** Fires triggers, some at a time; what the next ones run is read meanwhile. @returns Whether any was fired. */
async function fireAll(platform: Platform, due: readonly DueTrigger[]): Promise<boolean> {
  // A sweep is as much work as thousands of runs, and one that could not be fired must keep no other from it.
  const isApart = ({ sweep, stall }: DueTrigger): boolean => sweep !== null || stall !== null;
  const [apart, others] = [due.filter(isApart), due.filter((it) => !isApart(it))];
  let hasMoved = false;
  let prepared = prepare(platform, others.slice(0, TOGETHER));
  for (let first = 0; first < others.length && !platform.closing.aborted; first += TOGETHER) {
    const firings = await prepared;
    prepared = prepare(platform, others.slice(first + TOGETHER, first + 2 * TOGETHER));
    hasMoved = (await fireTogether(platform, firings)) || hasMoved;
  }
  await prepared;
  for (const trigger of apart) {
    if (platform.closing.aborted) break;
    const firings = await prepare(platform, [trigger]);
    const fired = await fireOneByOne(platform, firings);
    hasMoved = (await followAll(platform, firings, fired)) || hasMoved;
  }
  return hasMoved;
}

/** Reads what triggers run, some at a time. One for which that fails is left out. */
async function prepare(platform: Platform, triggers: readonly DueTrigger[]): Promise<readonly DueFiring[]> {
  const turn = takeTurns(READ_AT_ONCE);
  const sourceOf = shareSources(platform);
  const firings = await Promise.all(triggers.map((it) => turn(() => firingOf(platform, it, sourceOf))));
  return firings.filter((it) => it !== null);
}

async function firingOf(
  platform: Platform,
  trigger: DueTrigger,
  sourceOf: SourceOf,
): Promise<DueFiring | null> {
  if (platform.closing.aborted) return null;
  try {
    return { trigger, runOf: mayStart(trigger) ? await runsOf(platform, trigger, sourceOf) : null };
  } catch (error) {
    await notFired(platform, trigger, error);
    return null;
  }
}

/** Fires triggers in one transaction, or one by one where that cannot be done. @returns Whether any was fired. */
async function fireTogether(platform: Platform, firings: readonly DueFiring[]): Promise<boolean> {
  const { driver, now, newId, log } = platform;
  if (firings.length === 0) return false;
  const fired = await fireTriggers(driver, firings, { now: now(), newId }, "brief").catch(
    (error: unknown) => {
      log.info({ error: String(error), count: firings.length }, "schedules are fired one by one");
      return fireOneByOne(platform, firings);
    },
  );
  return followAll(platform, firings, fired);
}

/** Does what follows for each that was fired. @returns Whether any was. */
async function followAll(
  platform: Platform,
  firings: readonly DueFiring[],
  fired: readonly (Fired | null)[],
): Promise<boolean> {
  for (const [index, { trigger }] of firings.entries()) {
    const done = fired[index] ?? null;
    if (done === null) continue;
    await follow(platform, trigger, done).catch((error: unknown) =>
      platform.report(`what has to make way for schedule "${trigger.name}" could not be ended`, error),
    );
  }
  return fired.some((done) => done !== null);
}

/** So that one that cannot be fired, or has to wait, keeps no other from it. */
async function fireOneByOne(
  platform: Platform,
  firings: readonly DueFiring[],
): Promise<readonly (Fired | null)[]> {
  const { driver, now, newId, closing } = platform;
  const fired: (Fired | null)[] = [];
  for (const { trigger, runOf } of firings) {
    if (closing.aborted) break;
    try {
      fired.push(await fireTrigger(driver, trigger, { now: now(), newId, runOf }));
    } catch (error) {
      fired.push(null);
      await notFired(platform, trigger, error);
    }
  }
  return fired;
}

interface DueFiring extends Firing {
  readonly trigger: DueTrigger;
}

/** Notes it in the schedule, which is tried again less and less often, and tells of it where it is news. */
async function notFired(platform: Platform, trigger: DueTrigger, error: unknown): Promise<void> {
  const { driver, now, report } = platform;
  const noted = stallTrigger(driver, trigger, { reason: stallReason(trigger, error), now: now() });
  // Where that cannot be noted, the database is away.
  if (await noted.catch(() => true))
    report(`schedule "${trigger.name}" could not be fired, which is tried again`, error);
}

/** Tells of what was fired, and ends what had to make way for it. */
async function follow(platform: Platform, trigger: DueTrigger, fired: Fired): Promise<void> {
  const { driver, now, log, metrics } = platform;
  if (trigger.stall !== null) log.info({ schedule_id: trigger.id }, "a schedule could be fired again");
  if (fired.started.length > 0) metrics.slotFired(now().getTime() - (trigger.nextFireAt?.getTime() ?? 0));
  for (const runId of fired.started) log.info({ run_id: runId, schedule_id: trigger.id }, "slot fired");
  if (fired.skipped > 0 || fired.hasMissed)
    log.info({ schedule_id: trigger.id, count: fired.skipped }, "slots were left out");
  for (const runId of fired.toCancel) await cancel(platform, runId);
  for (const id of fired.workflowRunsToCancel) {
    const asked = { ...platform.advancing, by: trigger.owner, reason: OVERTAKEN_REASON, now: now() };
    await cancelWorkflowRun(driver, id, asked);
  }
}

/** Whether its policy may let a run start now, so that the notebook has to be read. */
function mayStart({ concurrency, live }: DueTrigger): boolean {
  return concurrency.kind === "parallel" ? live < concurrency.limit : live === 0;
}

type SourceOf = ReturnType<typeof shareSources>;

async function runsOf(platform: Platform, trigger: DueTrigger, sourceOf: SourceOf): Promise<RunOfSlot> {
  try {
    if (!runsNotebook(trigger)) {
      const { advancing } = platform;
      const startable = await workflowOf(platform, trigger);
      return (current, slot) =>
        trySlot(() => ({ workflowRun: workflowOfSlot(platform, current, startable, slot), advancing }));
    }
    const { path } = trigger;
    const source = checkAhead(await sourceOf(trigger), trigger);
    return (current, slot) => trySlot(() => startOfSlot(platform, { ...current, path }, source, slot));
  } catch (error) {
    const skipped = whySkipped(error);
    return () => skipped;
  }
}

const OVERTAKEN_REASON = "a newer slot of its schedule took its place";

/** The failure of a run that waited for a runner when a newer slot came, as JSON. */
const OVERTAKEN = failureText("RUN_CANCELLED", OVERTAKEN_REASON);

async function cancel({ driver, now, newId, advancing }: Platform, runId: string): Promise<void> {
  const ending = { failure: OVERTAKEN, now: now(), nextAttemptId: newId(), form: RECORD_FORM, advancing };
  await cancelRun(driver, runId, ending);
}
