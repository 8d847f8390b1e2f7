import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AttemptFailure, backoffMs, nextAttempt } from "./next-attempt.ts";
import { type ErrorClass, ERROR_CLASSES, retryPolicySchema } from "./retry-policy.ts";

const policy = retryPolicySchema.parse({
  user: { retries: 2, backoff: { kind: "fixed", delay_ms: 5000 } },
  platform: { retries: 4, backoff: { kind: "exponential", base_ms: 1000, factor: 3, max_ms: 10_000 } },
  jitter: 0,
  never_retry: ["SyntaxError"],
});

/** What follows failures of these classes: the attempt and the wait in seconds, or why there is none. */
function check(failures: readonly (ErrorClass | AttemptFailure)[]): string {
  const facts = failures.map((it) => (typeof it === "string" ? { errorClass: it } : it));
  const next = nextAttempt(policy, "run", facts, 1_000_000);
  return next.kind === "retry" ? `#${next.attempt} in ${(next.notBefore - 1_000_000) / 1000} s` : next.why;
}

describe("nextAttempt", () => {
  it.each<[string, string, readonly (ErrorClass | AttemptFailure)[]]>([
    ["the first attempt, at once", "#1 in 0 s", []],
    ["a retry after a fixed delay", "#2 in 5 s", ["user"]],
    ["the last retry of a class", "#3 in 5 s", ["user", "user"]],
    ["no more than a class has", "no_retries_left", ["user", "user", "user"]],
    ["nothing for a class without retries", "no_retries_left", ["timeout"]],
    ["a longer and longer delay", "#3 in 3 s", ["platform", "platform"]],
    ["the longest delay", "#5 in 10 s", ["platform", "platform", "platform", "platform"]],
    ["the limit and delay of the last one's class", "#4 in 3 s", ["platform", "user", "platform"]],
    [
      "nothing for an exception that is never retried",
      "not_retryable",
      [{ errorClass: "user", names: ["CELL_FAILED", "SyntaxError"] }],
    ],
    ["nothing when the attempt said so", "not_retryable", [{ errorClass: "platform", isFinal: true }]],
  ])("gives %s", (_what, expected, failures) => {
    expect(check(failures)).toBe(expected);
  });

  it("retries by default only what the platform lost", () => {
    const plain = retryPolicySchema.parse({});
    const kinds = ERROR_CLASSES.map((errorClass) => nextAttempt(plain, "run", [{ errorClass }], 0).kind);
    expect(kinds).toEqual(["give-up", "retry", "give-up"]);
  });

  it("always ends, waits no longer than it may, and says the same each time", () => {
    const anyPolicy = fc.record({
      user: fc.record({
        retries: fc.nat(5),
        backoff: fc.oneof(
          fc.record({ kind: fc.constant("fixed"), delay_ms: fc.nat(1_000_000) }),
          fc.record({
            kind: fc.constant("exponential"),
            base_ms: fc.nat(100_000),
            factor: fc.double({ min: 1, max: 100, noNaN: true }),
            max_ms: fc.nat(1_000_000),
          }),
        ),
      }),
      max_retries: fc.nat(9),
      jitter: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        anyPolicy,
        fc.array(fc.constantFrom(...ERROR_CLASSES), { minLength: 99 }),
        (given, classes) => {
          const policy = retryPolicySchema.parse(given);
          const failures: AttemptFailure[] = [];
          for (const errorClass of classes) {
            failures.push({ errorClass });
            const next = nextAttempt(policy, "run", failures, 0);
            expect(next).toEqual(nextAttempt(policy, "run", failures, 0));
            if (next.kind === "give-up") break;
            const { backoff } = policy[errorClass];
            const maxMs = backoff.kind === "fixed" ? backoff.delay_ms : backoff.max_ms;
            expect(next.attempt).toBe(failures.length + 1);
            expect(next.notBefore).toBeGreaterThanOrEqual(0);
            expect(next.notBefore).toBeLessThanOrEqual(maxMs * (1 + policy.jitter));
          }
          expect(failures.length).toBeLessThanOrEqual(
            Math.min(policy.max_retries, policy.user.retries + 2) + 1,
          );
        },
      ),
    );
  });
});

it("backoffMs never overflows", () => {
  const backoff = { kind: "exponential", base_ms: 1000, factor: 100, max_ms: 60_000 } as const;
  expect(backoffMs(backoff, 99)).toBe(60_000);
});
