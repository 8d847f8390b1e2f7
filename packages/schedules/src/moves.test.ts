import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ATTEMPT_MOVES, canMove, movesTo, RUN_MOVES } from "./moves.ts";
import { nextRunStatus } from "./next-run-status.ts";
import { FINAL_STATUSES, isFinal, RUN_STATUSES, type FinalStatus, type RunStatus } from "./run-status.ts";

const anyStatus = fc.constantFrom(...RUN_STATUSES);
const anyEnd = fc.constantFrom<FinalStatus>(...FINAL_STATUSES);

/** Follows the wishes that the table allows, and gives every status on the way. */
function walk(moves: typeof RUN_MOVES, wishes: readonly RunStatus[]): readonly RunStatus[] {
  const way: RunStatus[] = ["queued"];
  for (const wish of wishes) if (canMove(moves, way.at(-1) ?? "queued", wish)) way.push(wish);
  return way;
}

describe("moves", () => {
  it("of an attempt never repeat a status and stop at the first final one", () => {
    fc.assert(
      fc.property(fc.array(anyStatus, { maxLength: 40 }), (wishes) => {
        const way = walk(ATTEMPT_MOVES, wishes);
        expect(new Set(way).size).toBe(way.length);
        expect(way.slice(0, -1).some(isFinal)).toBe(false);
      }),
    );
  });

  it("of a run stop at the first final status and pass through starting before running", () => {
    fc.assert(
      fc.property(fc.array(anyStatus, { maxLength: 40 }), (wishes) => {
        const way = walk(RUN_MOVES, wishes);
        expect(way.slice(0, -1).some(isFinal)).toBe(false);
        for (const [at, status] of way.entries()) {
          if (status === "running") expect(way[at - 1]).toBe("starting");
          if (status === "succeeded") expect(way[at - 1]).toBe("running");
        }
      }),
    );
  });

  it("of an attempt are moves of its run too", () => {
    for (const from of RUN_STATUSES) {
      expect(ATTEMPT_MOVES[from].filter((to) => !canMove(RUN_MOVES, from, to))).toEqual([]);
    }
  });

  it("can be read backwards", () => {
    expect(movesTo(ATTEMPT_MOVES, "succeeded")).toEqual(["running"]);
    expect(movesTo(ATTEMPT_MOVES, "cancelled")).toEqual(["queued", "starting", "running"]);
  });
});

describe("nextRunStatus", () => {
  it("is where the table lets a running run go, and another attempt only where there is one and nobody wants the end", () => {
    fc.assert(
      fc.property(anyEnd, fc.boolean(), fc.boolean(), (outcome, hasRetry, isCancelRequested) => {
        const next = nextRunStatus(outcome, { hasRetry, isCancelRequested });
        expect(canMove(RUN_MOVES, "running", next)).toBe(true);
        if (next === "queued") expect([hasRetry, isCancelRequested]).toEqual([true, false]);
        else if (outcome !== "lost") expect(next).toBe(outcome);
      }),
    );
  });
});
