import { parse } from "@bufbuild/cel";
import { boundResults } from "./bound-results.ts";
import { countRounds } from "./count-rounds.ts";
import { SCOPE_NAMES } from "./expression-scope.ts";
import { type Expr, namesIn, nodesOf } from "./expression-tree.ts";
import { ExpressionsError, type ExpressionsErrorCode } from "./expressions-error.ts";

/** The longest text of an expression. */
const MAX_LENGTH = 10_000;

/** The most nodes of an expression, loops written out. */
const MAX_NODES = 2000;

/** An expression that has been read. */
export interface Expression {
  readonly text: string;
  /** As it is evaluated: its loops are counted. */
  readonly root: Expr;
  /** What it names: `["trigger", "slot"]` for `trigger.slot`. */
  readonly names: readonly (readonly string[])[];
  /** Where each node stands in the text, by its id. */
  readonly positions: Readonly<Record<string, number>>;
}

/**
 * Reads an expression in the Common Expression Language, and checks what can be checked without values.
 *
 * @throws {@link ExpressionsError} `EXPRESSION_SYNTAX`, `EXPRESSION_TOO_LARGE` or `EXPRESSION_NAME_UNKNOWN`.
 */
export function parseExpression(text: string): Expression {
  if (text.length > MAX_LENGTH) {
    throw expressionError("EXPRESSION_TOO_LARGE", `longer than ${MAX_LENGTH} characters`, { text });
  }
  const { expr: root, sourceInfo } = read(text);
  let count = 0;
  for (const _node of nodesOf(root)) count += 1;
  if (count > MAX_NODES) {
    throw expressionError("EXPRESSION_TOO_LARGE", `more than ${MAX_NODES} parts`, { text });
  }
  const positions = sourceInfo?.positions ?? {};
  const names = namesIn(root);
  for (const { way, nodeId } of names) {
    if (KNOWN.has(way[0] ?? "")) continue;
    const problem = `"${way[0]}" is no name; expected one of ${SCOPE_NAMES.join(", ")}`;
    throw expressionError("EXPRESSION_NAME_UNKNOWN", problem, { text, offset: positions[String(nodeId)] });
  }
  countRounds(root);
  boundResults(root);
  return { text, root, names: names.map(({ way }) => way), positions };
}

/** What is wrong with the text of an expression, or null. For `readWorkflow` of `@notemill/schedules`. */
export function expressionProblem(text: string): string | null {
  try {
    parseExpression(text);
    return null;
  } catch (error) {
    if (error instanceof ExpressionsError) return error.message;
    throw error;
  }
}

/** Whether the value of an expression follows the slot: it names `trigger.slot` or `interval`. */
export function namesSlot({ names }: Expression): boolean {
  return names.some(([first, second]) => {
    return first === "interval" || (first === "trigger" && (second === undefined || second === "slot"));
  });
}

/** Names of scopes, and of types, which stand for themselves. */
const KNOWN: ReadonlySet<string> = new Set([
  ...SCOPE_NAMES,
  "bool",
  "bytes",
  "double",
  "google",
  "int",
  "list",
  "map",
  "null_type",
  "string",
  "type",
  "uint",
]);

function read(text: string): ReturnType<typeof parse> {
  try {
    return parse(text);
  } catch (cause) {
    const { rawMessage, location } = cause as {
      rawMessage?: string;
      location?: { start: { offset: number } };
    };
    throw expressionError("EXPRESSION_SYNTAX", rawMessage ?? "it cannot be read", {
      text,
      offset: location?.start.offset,
      cause,
    });
  }
}

/** An error with the place that it is about. */
export function expressionError(
  code: ExpressionsErrorCode,
  problem: string,
  {
    text,
    offset,
    cause,
  }: { readonly text: string; readonly offset?: number | undefined; readonly cause?: unknown },
): ExpressionsError {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  const before = offset === undefined ? null : text.slice(0, offset).split("\n");
  const place = before && { line: before.length, column: (before.at(-1) ?? "").length + 1 };
  const where = place ? ` at line ${place.line}, column ${place.column}` : "";
  return new ExpressionsError(code, `expression "${shown}"${where}: ${problem}`, {
    cause,
    details: { expression: shown, ...place },
  });
}
