import {
  type Appended,
  appendEventsOfAttempts,
  type AttemptEvents,
  type Completed,
  completeAttempts,
  type Completion,
  type Driver,
} from "@notemill/store";
import { inBatches } from "../data/in-batches.ts";

/**
 * Takes what runners report of attempts. What comes while the database is at work goes
 * into the next transaction together: a statement costs the same for one attempt and for many.
 */
export interface AttemptReports {
  append(events: AttemptEvents): Promise<Appended>;
  complete(completion: Completion): Promise<Completed>;
}

/** Makes an {@link AttemptReports} of a database. */
export function createAttemptReports(driver: Driver): AttemptReports {
  return {
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
