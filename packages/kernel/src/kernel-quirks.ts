import type { JsonValue } from "@notemill/json";
import type { InterruptMode, Kernelspec } from "./kernelspec.ts";

/** How long to wait for an idle status that does not come. jupyter's nbclient waits for 4 seconds. */
const IDLE_TIMEOUT_MS = 10_000;

/** How executions end, with a kind of kernel. */
export interface ExecutionHabits {
  /** How long to wait for the idle status once the reply is there and nothing else comes. Default: for ever. */
  readonly idleTimeoutMs?: number;
  /**
   * Code that prints a text, for a kernel that sends its standard output on a way
   * of its own, behind the idle status and all. When the text is here, so is
   * whatever was printed before.
   */
  readonly printLast?: (text: string) => string;
}

/** What is known of how executions end with a kernel; Deno 2.9 is one that prints late. */
export function executionHabits(kernelspec: Pick<Kernelspec, "argv">): ExecutionHabits {
  const habits = { idleTimeoutMs: IDLE_TIMEOUT_MS };
  if (!isDeno(kernelspec.argv)) return habits;
  return { ...habits, printLast: (text) => `console.log(${JSON.stringify(text)})` };
}

/** Whether a kernel is known to keep what `Kernel.takesRequestsAhead` says; ipykernel is. */
export function takesRequestsAhead({ argv }: Pick<Kernelspec, "argv">): boolean {
  return argv.includes("ipykernel_launcher");
}

/**
 * What interrupts a kernel, by its `kernel.json` and by what is known.
 *
 * Deno 2.9 leaves an interrupt request unanswered and dies of SIGINT, whatever its kernelspec says.
 */
export function interruptModeOf(argv: readonly string[], given: JsonValue | undefined): InterruptMode {
  if (isDeno(argv)) return "none";
  return given === "message" ? "message" : "signal";
}

function isDeno(argv: readonly string[]): boolean {
  return /(^|\/)deno(\.exe)?$/.test(argv[0] ?? "");
}
