import type { StartedRun } from "@notemill/api";
import { goTo } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { sayWarning } from "../shell/toasts.ts";

/** So many warnings are said word by word. */
const MOST = 3;

/** Goes to the page of a run that was just asked for, and says what of its parameters may not be meant. */
export function goToStarted({ id, warnings }: Pick<StartedRun, "id" | "warnings">): void {
  goTo(runHref(id));
  for (const { message } of warnings.slice(0, MOST))
    sayWarning(`${message.charAt(0).toUpperCase()}${message.slice(1)}`);
  const left = warnings.length - MOST;
  if (left > 0) sayWarning(left === 1 ? "And one more warning" : `And ${left} more warnings`);
}
