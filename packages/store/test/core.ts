import { expect } from "vitest";
import type { RunSettings } from "../../schedules/src/index.ts";
import {
  type Advancing,
  appendAttemptEvents,
  claimAttempts,
  type Driver,
  type Ending,
  type LostAttempt,
  eventsSince,
  type NewRun,
  submitRun,
} from "../src/index.ts";

export const LEASE_MS = 30_000;
const START = Date.parse("2026-11-01T10:00:00.000Z");

/** So many seconds after the beginning. */
export const at = (seconds: number): Date => new Date(START + seconds * 1000);

let ids = 0;
/** Ids in the order in which they are made, as those of version 7 are. */
export function newId(): string {
  const text = (++ids).toString(16).padStart(12, "0");
  return `01900000-0000-7000-8000-${text}`;
}

export const RUNNER = { id: newId(), name: "here", slots: 4, version: "1" };
export const OTHER = { id: newId(), name: "there", slots: 4, version: "1" };

const SECOND = { kind: "exponential", base_ms: 1000, factor: 2, max_ms: 60_000 } as const;

/** What a lost runner costs is one more attempt; nothing else is tried again. */
export const SETTINGS: RunSettings = {
  timeouts: { queue_ms: null, start_ms: 60_000, cell_ms: null, run_ms: null },
  retry: {
    user: { retries: 0, backoff: SECOND },
    platform: { retries: 1, backoff: SECOND },
    timeout: { retries: 0, backoff: SECOND },
    max_retries: 9,
    jitter: 0,
    never_retry: [],
  },
  keep_kernel_ms: 0,
};

/** Says what was known of an attempt whose runner is gone. */
export const failureOf = ({ runnerName, cell }: LostAttempt): string =>
  JSON.stringify({ code: "RUNNER_LOST", message: `${runnerName} at ${cell?.id ?? "no cell"}` });

/** For runs that are tasks of no workflow-run. */
export const ADVANCING: Advancing = {
  newId,
  plans: {
    known: () => undefined,
    read() {
      throw new Error("there are no workflows here");
    },
  },
};

/** A run of no special kind. */
export function newRun(seconds: number, more: Partial<NewRun> = {}): NewRun {
  return {
    id: newId(),
    attemptId: newId(),
    owner: "ann",
    path: "/home/ann/a.ipynb",
    sourceHash: "s1",
    kernelName: null,
    parameters: '{"x": 1.0, "y": NaN}',
    idempotencyKey: null,
    requestSha256: "r",
    settings: SETTINGS,
    priority: 0,
    tags: [],
    rerunOf: null,
    now: at(seconds),
    ...more,
  };
}

/** How an attempt ends. */
export function ending(
  seconds: number,
  outcome: Ending["outcome"] = "succeeded",
  failure: object = { code: "CELL_FAILED" },
): Ending {
  return {
    outcome,
    failure: outcome === "succeeded" ? null : JSON.stringify(failure),
    facts: null,
    now: at(seconds),
    nextAttemptId: newId(),
    advancing: ADVANCING,
    form: {
      events: { name: "events.jsonl", text: (events) => events.map(({ kind }) => `${kind}\n`).join("") },
      directory: (run, { number }) => `${run.id}/${number}`,
      manifest: ({ run, attempt, seq, previousSha256 }) =>
        JSON.stringify({ run: run.id, attempt: attempt.number, status: attempt.status, seq, previousSha256 }),
    },
  };
}

/** Submits, claims and tells stories in one database. */
export interface Core {
  readonly driver: Driver;
  submit(seconds: number, more?: Partial<NewRun>): Promise<string>;
  claim(seconds: number, limit?: number, runner?: typeof RUNNER): ReturnType<typeof claimAttempts>;
  claimOne(seconds: number): Promise<{ attemptId: string; fence: number; runId: string }>;
  /** Reports an event, by which the attempt runs. */
  begin(held: { attemptId: string; fence: number }, seconds: number): Promise<void>;
  /** The statuses that a run went through, by its events. */
  story(runId: string): Promise<string>;
}

/** The {@link Core} of a database that may be opened later. */
export function coreOf(driver: () => Driver): Core {
  const claim: Core["claim"] = (seconds, limit = 1, runner = RUNNER) =>
    claimAttempts(driver(), { runner, limit, now: at(seconds), leaseMs: LEASE_MS });
  return {
    get driver() {
      return driver();
    },
    async submit(seconds, more = {}) {
      return (await submitRun(driver(), newRun(seconds, more))).run.id;
    },
    claim,
    async claimOne(seconds) {
      const [attempt] = await claim(seconds);
      if (attempt === undefined) throw new Error("there was nothing to claim");
      return { attemptId: attempt.id, fence: attempt.fence, runId: attempt.runId };
    },
    async begin(held, seconds) {
      const events = [{ kind: "cell-started", at: at(seconds), data: "{}" }];
      await appendAttemptEvents(driver(), {
        ...held,
        first: 0,
        events,
        advancing: ADVANCING,
        now: at(seconds),
      });
    },
    async story(runId) {
      const events = await eventsSince(driver(), runId, { after: 0, limit: 100 });
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
      return events
        .map(({ kind, data, attempt }) =>
          kind === "run-status-changed"
            ? `${(JSON.parse(data) as { status: string }).status}${attempt}`
            : kind,
        )
        .join(" ");
    },
  };
}
