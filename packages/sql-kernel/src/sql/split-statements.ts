import { readDirectives } from "./read-directives.ts";
import type { Directives } from "./read-directives.ts";
import { scanSql } from "./scan-sql.ts";

/** One statement of a cell. */
export interface SqlStatement {
  readonly text: string;
  /** Where it begins in the cell. */
  readonly start: number;
  /** What the comments before it ask for. */
  readonly directives: Directives;
}

/**
 * Splits a cell into its statements.
 *
 * Comments before a statement are not part of it: the first character of its text is code.
 *
 * @throws {@link SqlKernelError} `SQL_DIRECTIVE_INVALID`
 */
export function splitStatements(cell: string): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let comments: string[] = [];
  let start = -1;
  let end = -1;
  const finish = (): void => {
    if (start >= 0) {
      statements.push({ text: cell.slice(start, end), start, directives: readDirectives(comments) });
    }
    comments = [];
    start = -1;
  };
  for (const piece of scanSql(cell)) {
    if (piece.kind === "semicolon") {
      finish();
    } else if (piece.kind === "comment") {
      if (start < 0) comments.push(cell.slice(piece.start, piece.end));
    } else {
      const text = cell.slice(piece.start, piece.end);
      const codeAt = text.search(/\S/);
      if (codeAt < 0) continue;
      if (start < 0) start = piece.start + codeAt;
      end = piece.start + text.trimEnd().length;
    }
  }
  finish();
  return statements;
}
