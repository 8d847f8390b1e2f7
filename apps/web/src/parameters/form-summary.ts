import type { FilledForm } from "./use-filled-form.ts";

/** Says beside the button of a form what it would do, or that something is wrong. */
export function formSummary(
  { reading: { problems, values, expressions } }: Pick<FilledForm, "reading">,
  {
    runs,
    isSlot,
    isAgain,
  }: {
    /** How many runs a sweep would have, or why it cannot be; null for a single run. */
    readonly runs: number | string | null;
    readonly isSlot: boolean;
    /** Whether it repeats an earlier run. */
    readonly isAgain: boolean;
  },
): string {
  if (problems.size > 0)
    return problems.size === 1
      ? "1 value is missing or wrong"
      : `${problems.size} values are missing or wrong`;
  if (typeof runs === "string") return runs;
  if (runs !== null) return `${runs === 1 ? "1 run" : `${runs} runs`}${isSlot ? " a slot" : ""}`;
  return changedText(values.size + expressions.size, isAgain);
}

function changedText(count: number, isAgain: boolean): string {
  if (count === 0) return isAgain ? "with the same values" : "with the defaults";
  if (isAgain) return count === 1 ? "with 1 other value" : `with ${count} other values`;
  return count === 1 ? "with 1 value of your own" : `with ${count} values of your own`;
}
