import type { parse } from "@bufbuild/cel";

/** A node of a parsed expression. */
export type Expr = ReturnType<typeof parse>["expr"];

/** The nodes right below one. */
function childrenOf({ exprKind }: Expr): readonly Expr[] {
  switch (exprKind.case) {
    case "selectExpr":
      return present([exprKind.value.operand]);
    case "callExpr":
      return present([exprKind.value.target, ...exprKind.value.args]);
    case "listExpr":
      return exprKind.value.elements;
    case "structExpr":
      return exprKind.value.entries.flatMap(({ keyKind, value }) =>
        present([keyKind.case === "mapKey" ? keyKind.value : undefined, value]),
      );
    case "comprehensionExpr": {
      const { iterRange, accuInit, loopCondition, loopStep, result } = exprKind.value;
      return present([iterRange, accuInit, loopCondition, loopStep, result]);
    }
    default:
      return [];
  }
}

/** Every node of an expression. */
export function* nodesOf(root: Expr): Generator<Expr, undefined> {
  // Not by recursion: a tree may be deep.
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    open.push(...childrenOf(node));
  }
}

/** Something that an expression names. */
export interface Naming {
  /** The names along the way: `["trigger", "slot"]` for `trigger.slot`. */
  readonly way: readonly string[];
  /** Id of the node with the first of them. */
  readonly nodeId: bigint;
}

/** What an expression names, its own loop variables aside. */
export function namesIn(root: Expr): readonly Naming[] {
  const found: Naming[] = [];
  const open: { node: Expr; rest: readonly string[]; local: ReadonlySet<string> }[] = [
    { node: root, rest: [], local: new Set() },
  ];
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const { node, rest, local } = top;
    const { exprKind } = node;
    if (exprKind.case === "identExpr") {
      if (!local.has(exprKind.value.name))
        found.push({ way: [exprKind.value.name, ...rest], nodeId: node.id });
      continue;
    }
    const way = fieldOf(node);
    if (way !== null) {
      open.push({ node: way.operand, rest: [way.field, ...rest], local });
      continue;
    }
    // The names of a loop are its own, save in what it goes over.
    const loop = exprKind.case === "comprehensionExpr" ? exprKind.value : null;
    const inner = loop === null ? local : new Set([...local, loop.iterVar, loop.accuVar]);
    for (const child of childrenOf(node)) {
      open.push({ node: child, rest: [], local: child === loop?.iterRange ? local : inner });
    }
  }
  return found;
}

/** The operand and field of `a.b` or `a["b"]`. */
function fieldOf({ exprKind }: Expr): { readonly operand: Expr; readonly field: string } | null {
  if (exprKind.case === "selectExpr") {
    const { operand, field } = exprKind.value;
    return operand === undefined ? null : { operand, field };
  }
  if (exprKind.case !== "callExpr" || exprKind.value.function !== "_[_]") return null;
  const [operand, index] = exprKind.value.args;
  if (operand === undefined || index?.exprKind.case !== "constExpr") return null;
  const { constantKind } = index.exprKind.value;
  return constantKind.case === "stringValue" ? { operand, field: constantKind.value } : null;
}

function present(nodes: readonly (Expr | undefined)[]): readonly Expr[] {
  return nodes.filter((it) => it !== undefined);
}
