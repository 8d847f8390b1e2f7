/** Claims attempts from a server, executes them, and hands in their records. Speaks HTTP and nothing else. */
export { runRunner } from "./run-runner.ts";
export type { RunnerOptions } from "./run-runner.ts";
export { RunnerError } from "./runner-error.ts";
export type { RunnerErrorCode } from "./runner-error.ts";
