/** Some lines of a long text. */
export interface TextChunk {
  /** Begins with the colours that hold where it begins. */
  readonly text: string;
  readonly lines: number;
}

/** Lines in a chunk: few enough to be drawn at once, and so many that there are not too many chunks. */
const LINES = 500;

const ESCAPE = "\u001b";

/** A program's orders to change colours: `ESC [ … m`. */
const COLORS = new RegExp(`${ESCAPE}\\[([\\d;:]*)m`, "g");

/** Its orders of all kinds. */
const ORDERS = new RegExp(`${ESCAPE}\\[[\\d;:?]*[A-Za-z]`, "g");

/** Splits a long text between lines, so that each chunk can be shown by itself. */
export function textChunks(text: string): readonly TextChunk[] {
  return chunksFrom(text, { start: 0, colors: "" }).map(({ chunk }) => chunk);
}

/**
 * Makes a {@link textChunks} for a text that grows: of one that begins with the last one it looks at the
 * end only, and gives the chunks before it as they were.
 */
export function createTextChunks(): typeof textChunks {
  let before = "";
  let placed: readonly PlacedChunk[] = [];
  return (text) => {
    const isLonger = before !== "" && text.startsWith(before);
    const last = isLonger ? placed.at(-1) : undefined;
    const kept = last === undefined ? [] : placed.slice(0, -1);
    placed = [...kept, ...chunksFrom(text, last ?? { start: 0, colors: "" })];
    before = text;
    return placed.map(({ chunk }) => chunk);
  };
}

interface Place {
  /** Where a chunk begins in the whole text. */
  readonly start: number;
  /** The colours that hold there. */
  readonly colors: string;
}

interface PlacedChunk extends Place {
  readonly chunk: TextChunk;
}

function chunksFrom(text: string, place: Place): readonly PlacedChunk[] {
  const chunks: PlacedChunk[] = [];
  let { start, colors } = place;
  while (start < text.length) {
    let end = start;
    let lines = 0;
    while (lines < LINES && end < text.length) {
      const next = text.indexOf("\n", end);
      end = next < 0 ? text.length : next + 1;
      lines += 1;
    }
    const part = text.slice(start, end);
    chunks.push({ start, colors, chunk: { text: colors + part, lines } });
    colors = colorsBehind(colors, part);
    start = end;
  }
  return chunks;
}

/** The colours that hold behind a text: what was ordered since they were last put back. */
function colorsBehind(before: string, text: string): string {
  if (!text.includes(ESCAPE)) return before;
  let colors = before;
  for (const [order, values = ""] of text.matchAll(COLORS))
    colors = /^0?$/.test(values) ? "" : colors + order;
  return colors;
}

/** Whether a text is so long that it is shown in chunks. */
export function isLongText(text: string): boolean {
  if (text.length > 400_000) return true;
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    lines += 1;
    if (lines > 4 * LINES) return true;
  }
  return false;
}

/** What a text says without what only a terminal understands. */
export function plainText(text: string): string {
  return text.replaceAll(ORDERS, "");
}

/** Whether a text has signs that only a terminal understands. */
export function hasTerminalSigns(text: string): boolean {
  return [ESCAPE, "\b", "\r"].some((sign) => text.includes(sign));
}
