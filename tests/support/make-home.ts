import { mkdirSync } from "node:fs";
import { resolve } from "node:path";

/** The home directory of the tests, which begins empty. */
export const TEST_HOME = resolve(".notemill/test-home");

/** Where Node keeps what it compiled, for the next process that needs it. */
export const COMPILED = resolve(".notemill/compiled");

/** Vitest's global set-up: makes that directory. */
export function setup(): void {
  mkdirSync(TEST_HOME, { recursive: true });
}
