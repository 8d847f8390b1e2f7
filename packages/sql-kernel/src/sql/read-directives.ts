import { SqlKernelError } from "../sql-kernel-error.ts";

/** What comments `-- notemill: …` ask for the statement behind them. */
export interface Directives {
  /** Name of the scrap that the result becomes; `""` where each column is to become one. */
  readonly glue?: string;
  readonly check?: { readonly name: string; readonly severity: CheckSeverity };
  /** Most rows that are shown. */
  readonly limit?: number;
  /** Write the rows as lines of text. */
  readonly print?: true;
}

/** What a check that does not hold does to the run. */
export type CheckSeverity = "error" | "warning" | "info";

const DIRECTIVE = /^--\s*notemill:\s*(.*?)\s*$/;

/**
 * Reads the directives among comments; other comments say nothing.
 *
 * @throws {@link SqlKernelError} `SQL_DIRECTIVE_INVALID`
 */
export function readDirectives(comments: readonly string[]): Directives {
  let directives: Directives = {};
  for (const comment of comments) {
    const text = DIRECTIVE.exec(comment.trimEnd())?.[1];
    if (text !== undefined) directives = { ...directives, ...readDirective(text) };
  }
  return directives;
}

function readDirective(text: string): Directives {
  const [, word = "", rest = ""] = /^(\S*)\s*(.*)$/.exec(text) ?? [];
  if (word === "print" && rest === "") return { print: true };
  if (word === "limit" && /^\d{1,9}$/.test(rest)) return { limit: Number(rest) };
  if (word === "glue") return { glue: rest };
  if (word === "check" && rest !== "") return { check: readCheck(rest) };
  throw new SqlKernelError(
    "SQL_DIRECTIVE_INVALID",
    `"-- notemill: ${text}" is no directive; expected glue [NAME], check NAME [warning|info], limit ROWS or print`,
    { details: { directive: text } },
  );
}

function readCheck(text: string): NonNullable<Directives["check"]> {
  const found = /^(.*\S)\s+(error|warning|info)$/.exec(text);
  const [, name = text, severity] = found ?? [];
  return { name, severity: severity === "warning" || severity === "info" ? severity : "error" };
}
