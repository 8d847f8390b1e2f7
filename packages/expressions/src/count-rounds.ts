import { type Expr, nodesOf } from "./expression-tree.ts";

/** The function that every loop calls before it goes round. No text can name it. */
export const COUNT_ROUND = "@count_round";

/** Makes every loop of an expression hand its condition to {@link COUNT_ROUND}, in place. */
export function countRounds(root: Expr): void {
  for (const { exprKind } of nodesOf(root)) {
    if (exprKind.case !== "comprehensionExpr" || exprKind.value.loopCondition === undefined) continue;
    const condition = exprKind.value.loopCondition;
    exprKind.value.loopCondition = {
      ...condition,
      exprKind: {
        case: "callExpr",
        value: { $typeName: "cel.expr.Expr.Call", function: COUNT_ROUND, args: [condition] },
      },
    };
  }
}
