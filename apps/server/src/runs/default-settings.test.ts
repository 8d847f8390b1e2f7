import { completeSettings, DEFAULT_SETTINGS } from "@notemill/api";
import { retryPolicySchema } from "@notemill/schedules";
import { expect, it } from "vitest";

it("has the retries of workflows for runs too, whatever is asked for", () => {
  expect(DEFAULT_SETTINGS.retry).toEqual(retryPolicySchema.parse({}));
  const asked = {
    user: { retries: 2, backoff: { kind: "exponential" as const, base_ms: 5 } },
    timeout: { retries: 1, backoff: { kind: "fixed" as const, delay_ms: 5 } },
    jitter: 0.5,
  };
  expect(completeSettings({ retry: asked }).retry).toEqual(retryPolicySchema.parse(asked));
});

it("takes over what an earlier run asked for, but for what is asked for now", () => {
  const before = completeSettings({ timeouts: { cell_ms: 5, run_ms: 6 }, keep_kernel_ms: 7 });
  expect(completeSettings({ timeouts: { cell_ms: null } }, before)).toEqual({
    ...before,
    timeouts: { ...before.timeouts, cell_ms: null },
  });
});
