/**
 * Expressions of workflows and triggers, in the Common Expression Language.
 *
 * Read one with {@link parseExpression} when it is written, and evaluate it with
 * {@link evaluateExpression} when its values are there. Pure: nothing but the
 * scope is reached.
 */
export { evaluateCondition, evaluateExpression } from "./evaluate-expression.ts";
export { SCOPE_NAMES } from "./expression-scope.ts";
export type { ExpressionScope } from "./expression-scope.ts";
export { ExpressionsError } from "./expressions-error.ts";
export type { ExpressionsErrorCode } from "./expressions-error.ts";
export { expressionProblem, namesSlot, parseExpression } from "./parse-expression.ts";
export type { Expression } from "./parse-expression.ts";
