import {
  type Appended,
  appendEventsOfAttempts,
  type AttemptEvents,
  type Completed,
  completeAttempts,
  type Completion,
  type Driver,
  type NewRun,
  type Patience,
  type Submitted,
  submitRuns,
} from "@notemill/store";
import { inBatches } from "../data/in-batches.ts";

/**
 * Takes runs that are asked for and what runners report of attempts. What comes while the
 * database is at work goes into the next transaction together: a statement costs little more
 * for many than for one.
 */
export interface RunBatches {
  submit(run: NewRun): Promise<Submitted>;
  append(events: AttemptEvents): Promise<Appended>;
  complete(completion: Completion): Promise<Completed>;
}

/** A batch is one message to the database, and in memory more than once. */
const MOST_CHARACTERS = 16 * 2 ** 20;

/** Makes a {@link RunBatches} of a database. */
export function createRunBatches(driver: Driver): RunBatches {
  return {
    submit: inBatches({
      keyOf: ({ id }) => id,
      work: (runs, how) => submitRuns(driver, runs, PATIENCE[how]),
      sizeOf: ({ parameters }) => parameters.length,
      mostSize: MOST_CHARACTERS,
    }),
    append: inBatches({
      keyOf: ({ attemptId }) => attemptId,
      work: (requests, how) => appendEventsOfAttempts(driver, requests, PATIENCE[how]),
      sizeOf: ({ events }) => sizeOfEvents(events),
      mostSize: MOST_CHARACTERS,
    }),
    complete: inBatches({
      keyOf: ({ holding }) => holding.attemptId,
      work: (completions, how) => completeAttempts(driver, completions, PATIENCE[how]),
      sizeOf: ({ ending, events }) =>
        (ending.facts?.length ?? 0) + (ending.scraps?.data.length ?? 0) + sizeOfEvents(events?.events ?? []),
      mostSize: MOST_CHARACTERS,
    }),
  };
}

const PATIENCE: Readonly<Record<"together" | "alone", Patience>> = { together: "brief", alone: "endless" };

function sizeOfEvents(events: AttemptEvents["events"]): number {
  let size = 0;
  for (const { data } of events) size += data.length;
  return size;
}
