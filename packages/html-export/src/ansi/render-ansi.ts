import { escapeText } from "../escape-html.ts";
import { markDirectionControls } from "../code/direction-controls.ts";
import { createTextBuffer } from "../text-buffer.ts";
import { showOnScreen } from "./ansi-screen.ts";
import type { AnsiColor, AnsiStyle } from "./ansi-style.ts";

/** Turns what a program printed into markup of text and `<span>`, as a terminal would show it. */
export function renderAnsi(text: string): string {
  const output = createTextBuffer();
  const known = new Map<AnsiStyle, string>();
  for (const run of showOnScreen(text)) {
    const html = escapeText(run.text);
    const attributes = known.get(run.style) ?? attributesOf(run.style);
    known.set(run.style, attributes);
    output.add(attributes === "" || html === "" ? html : `<span ${attributes}>${html}</span>`);
  }
  return markDirectionControls(output.end());
}

function attributesOf(style: AnsiStyle): string {
  const { inverse = false } = style;
  const color = inverse ? style.background : style.color;
  const background = inverse ? style.color : style.background;
  const classes = [
    ...colorClass("c", color),
    ...colorClass("b", background),
    inverse && background === undefined ? "inverse" : "",
    style.bold ? "bold" : "",
    style.dim ? "dim" : "",
    style.italic ? "italic" : "",
    style.underline ? "underline" : "",
    style.strike ? "strike" : "",
  ].filter((it) => it !== "");
  const values = [customColor("--c", color), customColor("--b", background)].filter((it) => it !== "");
  const styleAttribute = values.length === 0 ? "" : ` style="${values.join(";")}"`;
  return classes.length === 0 ? "" : `class="${classes.join(" ")}"${styleAttribute}`;
}

/** `c3` for a colour of the palette, `c` for any other. */
function colorClass(letter: string, color: AnsiColor | undefined): readonly string[] {
  if (color === undefined) return [];
  return typeof color === "number" ? [letter, `${letter}${color}`] : [letter];
}

function customColor(property: string, color: AnsiColor | undefined): string {
  return typeof color === "string" ? `${property}:${color}` : "";
}
