import { isDeepStrictEqual } from "node:util";
import { setTimeout as pause } from "node:timers/promises";

/** How long what happens at once may take on a machine that is busy. */
const PATIENCE_MS = 30_000;

/**
 * Waits until a look at the outside world shows what is expected.
 *
 * It is for what gives no event, such as the end of a process that is not this one's child.
 *
 * @throws when it does not happen, with what was seen last.
 */
export async function untilEqual<Value>(look: () => Value | Promise<Value>, expected: Value): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (isDeepStrictEqual(seen, expected)) return;
    if (performance.now() > deadline) {
      throw new Error(
        `waited in vain for ${JSON.stringify(expected)}; there still is ${JSON.stringify(seen)}`,
      );
    }
    await pause(20);
  }
}
