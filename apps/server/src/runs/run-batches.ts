import {
  type Appended,
  appendEventsOfAttempts,
  type AttemptEvents,
  type Completed,
  completeAttempts,
  type Completion,
  type Driver,
  type NewRun,
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

/** Makes a {@link RunBatches} of a database. */
export function createRunBatches(driver: Driver): RunBatches {
  return {
    submit: inBatches({ keyOf: ({ id }) => id, work: (runs) => submitRuns(driver, runs) }),
    append: inBatches({
      keyOf: ({ attemptId }) => attemptId,
      work: (requests) => appendEventsOfAttempts(driver, requests),
    }),
    complete: inBatches({
      keyOf: ({ holding }) => holding.attemptId,
      work: (completions) => completeAttempts(driver, completions),
    }),
  };
}
