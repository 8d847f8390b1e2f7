import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admit, type ConcurrencyPolicy, type LiveRun } from "./admit.ts";

const STATUSES = { q: "queued", r: "running", b: "blocking" } as const;

/** What is done about runs written `1r 2q`: `start 2`, … */
function check(policy: ConcurrencyPolicy, text: string): string {
  const runs = text
    .split(" ")
    .filter(Boolean)
    .map((it): LiveRun => {
      return { id: it.slice(0, -1), status: STATUSES[it.slice(-1) as "q" | "r" | "b"] };
    });
  const verbs = Object.entries(admit(policy, runs)).filter(([, ids]) => ids.length > 0);
  return verbs.map(([verb, ids]) => `${verb} ${ids.join(" ")}`).join(", ");
}

const parallel = (limit: number): ConcurrencyPolicy => ({ kind: "parallel", limit });

describe("admit", () => {
  it.each<[ConcurrencyPolicy, string, string]>([
    [{ kind: "sequential" }, "", ""],
    [{ kind: "sequential" }, "1q 2q", "start 1, wait 2"],
    [{ kind: "sequential" }, "1r 2q 3q", "wait 2 3"],
    [{ kind: "sequential" }, "1b 2q", "start 2"],
    [{ kind: "strict_sequential" }, "1q 2q", "start 1, wait 2"],
    [{ kind: "strict_sequential" }, "1b 2q", "wait 2"],
    [{ kind: "strict_sequential" }, "1r 2q", "wait 2"],
    [{ kind: "first_only" }, "1q 2q", "start 1, skip 2"],
    [{ kind: "first_only" }, "1r 2q 3q", "skip 2 3"],
    [{ kind: "first_only" }, "1r", ""],
    [{ kind: "last_only" }, "1q 2q", "start 2, cancel 1"],
    [{ kind: "last_only" }, "1r 2q 3q", "cancel 1 2, wait 3"],
    [{ kind: "last_only" }, "1r", ""],
    [parallel(2), "1r 2q 3q", "start 2, wait 3"],
    [parallel(2), "1r 2r 3r 4q", "wait 4"],
    [parallel(0), "1q", "wait 1"],
  ])("by %o makes of %s: %s", (policy, runs, expected) => {
    expect(check(policy, runs)).toBe(expected);
  });

  it("forgets no queued run, names none twice, and keeps to the limit", () => {
    const anyPolicy = fc.oneof(
      fc
        .constantFrom(
          "sequential" as const,
          "strict_sequential" as const,
          "first_only" as const,
          "last_only" as const,
        )
        .map((kind) => ({ kind })),
      fc.nat(5).map(parallel),
    );
    const anyRuns = fc
      .array(fc.constantFrom("queued" as const, "running" as const, "blocking" as const), { maxLength: 10 })
      .map((statuses) => statuses.map((status, index): LiveRun => ({ id: String(index), status })));
    fc.assert(
      fc.property(anyPolicy, anyRuns, (policy, runs) => {
        const { start, cancel, skip, wait } = admit(policy, runs);
        const named = [...start, ...cancel, ...skip, ...wait];
        expect(new Set(named).size).toBe(named.length);
        const queued = runs.filter(({ status }) => status === "queued").map(({ id }) => id);
        expect(queued.filter((id) => !named.includes(id))).toEqual([]);
        const running = runs.filter(({ status }) => status === "running").length;
        const limit = policy.kind === "parallel" ? policy.limit : 1;
        if (start.length > 0) expect(running + start.length).toBeLessThanOrEqual(limit);
        for (const ids of [start, wait]) expect(ids).toEqual([...ids].sort((a, b) => Number(a) - Number(b)));
        // Done once, there is nothing more to do until something happens.
        const after = runs
          .filter(({ id, status }) => !skip.includes(id) && !(cancel.includes(id) && status === "queued"))
          .map((run): LiveRun => (start.includes(run.id) ? { ...run, status: "running" } : run));
        expect(admit(policy, after).start).toEqual([]);
      }),
    );
  });
});
