import { type CelValue, isCelList } from "@bufbuild/cel";
import { type Expr, nodesOf } from "./expression-tree.ts";

/** The function that is handed what has just grown. No text can name it. */
export const BOUND_RESULT = "@bound_result";

/** What makes more of what it is given. */
const GROWING: ReadonlySet<string> = new Set(["_+_", "join", "quote", "split"]);

/** The longest text, in UTF-16 units, and the longest list that an expression may make on its way. */
const MOST_CHARACTERS = 4 * 2 ** 20;
const MOST_ITEMS = 100_000;

/** Makes an expression hand what its parts have made of others to {@link BOUND_RESULT}, in place. */
export function boundResults(root: Expr): void {
  const growing = [...nodesOf(root)].filter(
    ({ exprKind }) => exprKind.case === "callExpr" && GROWING.has(exprKind.value.function),
  );
  for (const node of growing) {
    const inner = { ...node };
    node.exprKind = {
      case: "callExpr",
      value: { $typeName: "cel.expr.Expr.Call", function: BOUND_RESULT, args: [inner] },
    };
  }
}

/** Gives a value back that is not too long: a text that is put behind itself thirty times fills a machine. @throws RangeError */
export function bounded(value: CelValue): CelValue {
  if (typeof value === "string" || value instanceof Uint8Array) {
    if (value.length > MOST_CHARACTERS)
      throw new RangeError(`a text of it has more than ${MOST_CHARACTERS} characters`);
  } else if (isCelList(value) && value.size > MOST_ITEMS)
    throw new RangeError(`a list of it has more than ${MOST_ITEMS} items`);
  return value;
}
