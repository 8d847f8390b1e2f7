import type { Token } from "./tokens.ts";

/** The deepest literal or type that is read. */
export const MAX_DEPTH = 100;

/** A place in a list of tokens; comments and line breaks are passed over. */
export interface TokenReader {
  /** The token here; `undefined` at the end. */
  readonly peek: (ahead?: number) => Token | undefined;
  /** Gives the token here and moves behind it. */
  readonly next: () => Token | undefined;
  /** Moves behind the token if its text is `text` and it is no string. */
  readonly takes: (text: string) => boolean;
}

/** Starts at the first of `tokens`. */
export function readTokens(tokens: readonly Token[]): TokenReader {
  const seen = tokens.filter(({ kind }) => kind !== "comment" && kind !== "newline");
  let at = 0;
  const peek = (ahead = 0): Token | undefined => seen[at + ahead];
  return {
    next: () => seen[at++],
    peek,
    takes: (text) => {
      const token = peek();
      const found = token?.text === text && token.kind !== "string";
      if (found) at += 1;
      return found;
    },
  };
}

/**
 * Reads items with commas between them up to `close`, a trailing comma allowed;
 * `undefined` when an item cannot be read or the list does not end.
 */
export function readList<T>(
  reader: TokenReader,
  close: string,
  readItem: () => T | undefined,
): T[] | undefined {
  const items: T[] = [];
  while (!reader.takes(close)) {
    const item = readItem();
    if (item === undefined) return undefined;
    items.push(item);
    if (!reader.takes(",")) return reader.takes(close) ? items : undefined;
  }
  return items;
}
