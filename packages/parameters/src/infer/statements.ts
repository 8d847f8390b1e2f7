import type { Token } from "./tokens.ts";

/** A statement of a language whose statements end with their line or with `;`. */
export interface Statement {
  /** Without comments and line breaks. */
  readonly tokens: readonly Token[];
  /** Text of the comment on its last line, without its marks. */
  readonly comment: string;
}

/** Where a line break does not end a statement. */
export interface StatementRules {
  /** Whether the statement goes on behind this token. */
  readonly goesOnAfter: (token: Token) => boolean;
}

/** Splits tokens into statements; what is in brackets belongs to the statement around it. */
export function splitStatements(
  tokens: readonly Token[],
  { goesOnAfter }: StatementRules,
): readonly Statement[] {
  const statements: Statement[] = [];
  let current: Token[] = [];
  let comment = "";
  let open = 0;
  let endedOnThisLine = false;

  const end = (): void => {
    if (current.length > 0) statements.push({ comment, tokens: current });
    endedOnThisLine = current.length > 0;
    current = [];
    comment = "";
  };
  for (const token of tokens) {
    if (token.kind === "comment") {
      const text = commentText(token.text);
      const last = statements.at(-1);
      if (current.length > 0) comment = text;
      else if (last && endedOnThisLine) statements.splice(-1, 1, { ...last, comment: text });
    } else if (token.kind === "newline") {
      const last = current.at(-1);
      if (open === 0 && last && !goesOnAfter(last)) end();
      // A comment inside a statement is no help.
      comment = "";
      endedOnThisLine = false;
    } else if (token.kind === "op" && token.text === ";" && open === 0) end();
    else {
      if (token.kind === "op" && "([{".includes(token.text)) open += 1;
      if (token.kind === "op" && ")]}".includes(token.text)) open = Math.max(open - 1, 0);
      current.push(token);
    }
  }
  end();
  return statements;
}

/** Text of a comment without `#`, `//`, `--` or `/* … *\/`. */
export function commentText(comment: string): string {
  const block = /^\/\*+([\s\S]*?)\*+\/$/.exec(comment);
  return (block?.[1] ?? comment.replace(/^(?:#+|\/\/+|--+)/, "")).trim();
}
