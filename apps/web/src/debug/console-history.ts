/** What somebody has typed before, and where in it they look. A plain value. */
export interface ConsoleHistory {
  /** Oldest first. */
  readonly codes: readonly string[];
  /** The place of what is shown; `codes.length` is the line that is being written. */
  readonly at: number;
  /** The line that was being written before somebody looked back. */
  readonly draft: string;
}

/** Before anything is typed. */
export const NO_HISTORY: ConsoleHistory = { codes: [], at: 0, draft: "" };

/** Adds what was executed, once where it was the last before too. */
export function addToHistory({ codes }: ConsoleHistory, code: string): ConsoleHistory {
  const next = codes.at(-1) === code ? codes : [...codes, code];
  return { codes: next, at: next.length, draft: "" };
}

/**
 * Goes back or forth.
 *
 * @param shown - What is in the line now.
 * @returns The history, and what is in the line then; null where there is nothing in that direction.
 */
export function lookInHistory(
  history: ConsoleHistory,
  direction: "back" | "forth",
  shown: string,
): { readonly history: ConsoleHistory; readonly code: string } | null {
  const { codes, at } = history;
  const next = direction === "back" ? at - 1 : at + 1;
  if (next < 0 || next > codes.length) return null;
  const draft = at === codes.length ? shown : history.draft;
  return { history: { codes, at: next, draft }, code: codes[next] ?? draft };
}

/** Whether a key goes through the history and not through the text: only at its first, or its last, line. */
export function isAtEdge(text: string, cursor: number, direction: "back" | "forth"): boolean {
  return !(direction === "back" ? text.slice(0, cursor) : text.slice(cursor)).includes("\n");
}
