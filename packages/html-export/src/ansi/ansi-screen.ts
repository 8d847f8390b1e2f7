import { type AnsiStyle, applyStyleCode, PLAIN } from "./ansi-style.ts";
import { type AnsiToken, hasCodes, hasMoves, scanAnsi } from "./scan-ansi.ts";

/** Text that looks the same from begin to end. */
export interface StyledText {
  readonly text: string;
  readonly style: AnsiStyle;
}

/** Lines that the cursor can still reach; those above are done. */
const LIVE_LINES = 200;
const WIDEST = 10_000;
/** A code of a few characters must not make a page of blanks. */
const FARTHEST_MOVE = 256;

/**
 * Shows what a terminal would show once all of `text` has been written to it:
 * progress bars in their last state, one line and not thousands.
 *
 * Text without codes, however long, comes out in one piece.
 */
export function* showOnScreen(text: string): Generator<StyledText> {
  if (!hasCodes(text)) yield { text, style: PLAIN };
  else if (hasMoves(text)) yield* showLines(text);
  else yield* showRuns(text);
}

function* showRuns(text: string): Generator<StyledText> {
  let style = PLAIN;
  for (const token of scanAnsi(text)) {
    if (token.type === "text") yield { text: token.text, style };
    else if (token.type === "style") style = applyStyleCode(style, token.parameters);
  }
}

/** One line: what stands in each column, and how it looks. */
interface Line {
  readonly characters: string[];
  readonly styles: AnsiStyle[];
}

function* showLines(text: string): Generator<StyledText> {
  const lines: Line[] = [newLine()];
  const cursor = { row: 0, column: 0 };
  let style = PLAIN;
  for (const token of scanAnsi(text)) {
    if (token.type === "style") style = applyStyleCode(style, token.parameters);
    else if (token.type === "control") moveCursor(lines, cursor, token);
    else {
      for (const [index, part] of token.text.split("\n").entries()) {
        if (index > 0) {
          cursor.row += 1;
          cursor.column = 0;
          if (cursor.row === lines.length) lines.push(newLine());
        }
        write(lines[cursor.row], cursor, part.endsWith("\r") ? part.slice(0, -1) : part, style);
        if (lines.length > LIVE_LINES * 2) {
          const done = lines.splice(0, LIVE_LINES);
          cursor.row = Math.max(0, cursor.row - LIVE_LINES);
          for (const line of done) yield* runsOf(line, "\n");
        }
      }
    }
  }
  for (const [index, line] of lines.entries()) yield* runsOf(line, index === lines.length - 1 ? "" : "\n");
}

function newLine(): Line {
  return { characters: [], styles: [] };
}

function write(line: Line | undefined, cursor: { column: number }, text: string, style: AnsiStyle): void {
  if (!line) return;
  const { characters, styles } = line;
  for (const character of text) {
    const column = cursor.column++;
    if (column >= WIDEST) {
      // So wide a line is no progress bar; it only grows.
      characters[WIDEST] = (characters[WIDEST] ?? "") + character;
      styles[WIDEST] = style;
      continue;
    }
    while (characters.length < column) {
      characters.push(" ");
      styles.push(PLAIN);
    }
    characters[column] = character;
    styles[column] = style;
  }
}

type ControlToken = Extract<AnsiToken, { type: "control" }>;

function moveCursor(lines: Line[], cursor: { row: number; column: number }, token: ControlToken): void {
  const { name, parameters } = token;
  const count = Math.min(Number.parseInt(parameters, 10) || 0, FARTHEST_MOVE);
  const line = lines[cursor.row];
  switch (name) {
    case "\r":
      cursor.column = 0;
      break;
    case "\b":
      cursor.column = Math.max(0, cursor.column - 1);
      break;
    case "A":
      cursor.row = Math.max(0, cursor.row - Math.max(1, count));
      break;
    case "B":
      cursor.row = Math.min(lines.length - 1, cursor.row + Math.max(1, count));
      break;
    case "C":
      cursor.column = Math.min(WIDEST - 1, cursor.column + Math.max(1, count));
      break;
    case "D":
      cursor.column = Math.max(0, cursor.column - Math.max(1, count));
      break;
    case "G":
      cursor.column = Math.max(0, count - 1);
      break;
    case "K":
      if (line) eraseInLine(line, cursor.column, count);
      break;
    default:
      // Jumps to a place on the screen, and erasing all of it, would hide what was printed before.
      break;
  }
}

/** `count` as in the code: 0 erases to the end, 1 to the cursor, 2 all of the line. */
function eraseInLine({ characters, styles }: Line, column: number, count: number): void {
  if (count === 1) {
    for (let at = 0; at <= column && at < characters.length; at++) {
      characters[at] = " ";
      styles[at] = PLAIN;
    }
    return;
  }
  const end = count === 2 ? 0 : column;
  characters.length = Math.min(characters.length, end);
  styles.length = characters.length;
}

function* runsOf({ characters, styles }: Line, end: string): Generator<StyledText> {
  let from = 0;
  for (let at = 1; at <= characters.length; at++) {
    if (at < characters.length && styles[at] === styles[from]) continue;
    yield { text: characters.slice(from, at).join(""), style: styles[from] ?? PLAIN };
    from = at;
  }
  if (end !== "") yield { text: end, style: PLAIN };
}
