import type { Driver } from "../driver/driver.ts";
import type { Ending } from "./ending.ts";
import { finishAttempt } from "./finish-attempt.ts";
import { heldAttempt } from "./held-attempt.ts";
import type { Holding } from "./renew-leases.ts";

/**
 * Ends attempts that were claimed and that their runner never heard of: `lost`,
 * so that they are tried again without waiting for the end of a lease.
 */
export async function giveUpClaims(
  driver: Driver,
  holdings: readonly Holding[],
  ending: Omit<Ending, "outcome" | "facts" | "nextAttemptId"> & { readonly newId: () => string },
): Promise<void> {
  for (const holding of holdings) {
    await driver.tx(async (queries) => {
      const attempt = await heldAttempt(queries, holding);
      // One that has begun to run was heard of.
      if (attempt?.status !== "starting") return;
      const nextAttemptId = ending.newId();
      await finishAttempt(queries, attempt, { ...ending, nextAttemptId, outcome: "lost", facts: null });
    });
  }
}
