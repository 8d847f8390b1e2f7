import { isCodedError } from "@notemill/errors";
import type { StepFacts, StepProblem } from "@notemill/store";

/**
 * What went wrong with a field, as a value: within the transaction that ends a run
 * nothing may be thrown, or the run would not end.
 */
export function stepProblem(
  error: unknown,
  field: string,
  { upstream }: Pick<StepFacts, "upstream">,
): StepProblem {
  const message = error instanceof Error ? error.message : String(error);
  if (!isCodedError(error)) return { code: "INTERNAL_ERROR", message, field };
  const leftOut = [...upstream].flatMap(([key, { tasks }]) => {
    const names = [...new Set(tasks.flatMap((it) => it.leftOut))];
    return names.length === 0 ? [] : [`step "${key}" recorded more than is passed on: ${names.join(", ")}`];
  });
  const isMissing = error.code === "EXPRESSION_FAILED" && leftOut.length > 0;
  return { code: error.code, message: isMissing ? `${message}; ${leftOut.join("; ")}` : message, field };
}
