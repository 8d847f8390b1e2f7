/** What a terminal would do with a piece of text. */
export type AnsiToken =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "style"; readonly parameters: string }
  /** `\r`, `\b`, or the last letter of a code that moves the cursor or erases. */
  | { readonly type: "control"; readonly name: string; readonly parameters: string };

const ESC = "\\u001b";
const CODES = [
  // Control sequences: ESC [ parameters, intermediates, one letter.
  `${ESC}\\[([\\d;:<=>?]{0,200})[ -/]{0,8}([@-~])`,
  // Titles, links and other strings for the terminal. One without an end hides nothing.
  `${ESC}\\][^\\u0007\\u001b\\n]{0,4096}(?:\\u0007|${ESC}\\\\)`,
  `${ESC}[PX^_][^\\u001b\\n]{0,4096}${ESC}\\\\`,
  // Two-letter codes; "[" and "]" begin the above.
  `${ESC}[ -/]{1,4}[0-~]`,
  `${ESC}[0-Z\\\\^-~]`,
  ESC,
  "\\r(?!\\n)",
  "\\u0008",
];

const CODE = new RegExp(CODES.join("|"));
// A carriage return that is not part of a line end, a backspace, and codes that move the cursor or erase.
const MOVE = new RegExp(`\\r(?!\\n)|\\u0008|${ESC}\\[[\\d;?]*[ABCDGK]`);

/** Tells whether a terminal would do anything with the text but print it. */
export function hasCodes(text: string): boolean {
  return CODE.test(text);
}

/** Tells whether a terminal would print over what it printed before. */
export function hasMoves(text: string): boolean {
  return MOVE.test(text);
}

/** Splits text into pieces of text and codes. Codes that mean nothing on a page are left out. */
export function* scanAnsi(text: string): Generator<AnsiToken> {
  const code = new RegExp(CODES.join("|"), "g");
  let end = 0;
  for (const match of text.matchAll(code)) {
    if (match.index > end) yield { type: "text", text: text.slice(end, match.index) };
    end = match.index + match[0].length;
    const [whole, parameters = "", letter] = match;
    if (letter === "m") {
      // "ESC [ > 4 m" and the like set up a keyboard.
      if (/^[\d;:]*$/.test(parameters)) yield { type: "style", parameters };
    } else if (letter !== undefined) yield { type: "control", name: letter, parameters };
    else if (whole === "\r" || whole === "\b") yield { type: "control", name: whole, parameters: "" };
  }
  if (end < text.length) yield { type: "text", text: text.slice(end) };
}
