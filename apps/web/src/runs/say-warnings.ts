import type { StartedRun } from "@notemill/api";
import { sayWarning } from "../shell/toasts.ts";

/** So many warnings are said word by word. */
const MOST = 3;

/** Says what of the parameters of something that was just made may not be meant. */
export function sayWarnings(warnings: StartedRun["warnings"]): void {
  for (const { message } of warnings.slice(0, MOST))
    sayWarning(`${message.charAt(0).toUpperCase()}${message.slice(1)}`);
  const left = warnings.length - MOST;
  if (left > 0) sayWarning(left === 1 ? "And one more warning" : `And ${left} more warnings`);
}
