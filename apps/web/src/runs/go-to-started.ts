import type { StartedRun } from "@notemill/api";
import { goTo } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { sayWarnings } from "./say-warnings.ts";

/** Goes to the page of a run that was just asked for, and says what of its parameters may not be meant. */
export function goToStarted({ id, warnings }: Pick<StartedRun, "id" | "warnings">): void {
  goTo(runHref(id));
  sayWarnings(warnings);
}
