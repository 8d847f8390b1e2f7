/** A piece of SQL that splitting has to know; everything else is `code`. */
export interface SqlPiece {
  readonly kind: "code" | "comment" | "quoted" | "semicolon";
  readonly start: number;
  readonly end: number;
  /** Whether its end was missing. */
  readonly isOpen: boolean;
}

const COMMENT_EDGE = /\/\*|\*\//g;

/**
 * Takes SQL apart into code, comments, quoted text and semicolons, as DuckDB's lexer does.
 *
 * The pieces lie side by side and together are the whole text.
 */
export function* scanSql(text: string): Generator<SqlPiece, void, void> {
  const special = /--|\/\*|[eE]?'|"|;|\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/g;
  let codeFrom = 0;
  for (let at = special.exec(text); at !== null; at = special.exec(text)) {
    const mark = at[0];
    // The e of a name before a quote opens no escape string, and a $ within a name no quote.
    const isInName = at.index > 0 && /[\w$\u0080-\uffff]/.test(text.charAt(at.index - 1));
    if (isInName && mark.startsWith("$")) {
      special.lastIndex = at.index + 1;
      continue;
    }
    const opening = isInName && mark.length === 2 && mark.endsWith("'") ? "'" : mark;
    const start = at.index + mark.length - opening.length;
    if (start > codeFrom) yield { kind: "code", start: codeFrom, end: start, isOpen: false };
    const piece = readPiece(text, start, opening);
    yield piece;
    codeFrom = piece.end;
    special.lastIndex = piece.end;
  }
  if (codeFrom < text.length) yield { kind: "code", start: codeFrom, end: text.length, isOpen: false };
}

function readPiece(text: string, start: number, opening: string): SqlPiece {
  if (opening === ";") return { kind: "semicolon", start, end: start + 1, isOpen: false };
  if (opening === "--") {
    const end = text.indexOf("\n", start);
    return { kind: "comment", start, end: end < 0 ? text.length : end + 1, isOpen: false };
  }
  if (opening === "/*") return readBlockComment(text, start);
  const end = opening.startsWith("$")
    ? endBehind(text, opening, start + opening.length)
    : endOfQuotes(text, start, opening);
  return { kind: "quoted", start, end: end < 0 ? text.length : end, isOpen: end < 0 };
}

/** Comments of this form nest. */
function readBlockComment(text: string, start: number): SqlPiece {
  let depth = 0;
  COMMENT_EDGE.lastIndex = start;
  for (let at = COMMENT_EDGE.exec(text); at !== null; at = COMMENT_EDGE.exec(text)) {
    depth += at[0] === "/*" ? 1 : -1;
    if (depth === 0) return { kind: "comment", start, end: COMMENT_EDGE.lastIndex, isOpen: false };
  }
  return { kind: "comment", start, end: text.length, isOpen: true };
}

function endBehind(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from);
  return at < 0 ? -1 : at + closing.length;
}

/** A doubled quote needs no care: it ends one quotation and begins the next. */
function endOfQuotes(text: string, start: number, opening: string): number {
  const quote = opening.at(-1) ?? "'";
  if (opening.length === 1) return endBehind(text, quote, start + 1);
  const edge = /\\[\s\S]|'/g;
  edge.lastIndex = start + opening.length;
  for (let at = edge.exec(text); at !== null; at = edge.exec(text)) {
    if (at[0] === quote) return edge.lastIndex;
  }
  return -1;
}
