import type { MimeBundle, Output } from "@notemill/nbformat";
import { withoutColours } from "./find-cells.ts";

/** The most of a line that is worth showing. */
const MOST = 120;

/** What is said of a text that is folded: its first line with something in it, and how many lines there are. */
export function foldedText(text: string): string {
  const trimmed = text.trimEnd();
  const line = /\S.*/.exec(trimmed)?.[0].trim() ?? "";
  const lines = trimmed.split("\n").length;
  if (lines > 1) return `${line.slice(0, MOST)} … ${lines} lines`;
  return line.length > MOST ? `${line.slice(0, MOST)} …` : line;
}

/** What is said of outputs that are folded: their text as {@link foldedText} says it, and the kinds of the others. */
export function foldedOutputs(outputs: readonly Output[]): string {
  const text = outputs.map((output) => (output.output_type === "stream" ? output.text : "")).join("");
  const others = outputs.flatMap((output) => (output.output_type === "stream" ? [] : [wordsOf(output)]));
  const counted = [...new Set(others)].map((it) => {
    const count = others.filter((other) => other === it).length;
    return count === 1 ? it : `${it} (${count})`;
  });
  return [...(text.trim() === "" ? [] : [foldedText(withoutColours(text))]), ...counted].join(" · ");
}

function wordsOf(output: Exclude<Output, { output_type: "stream" }>): string {
  if (output.output_type === "error") return foldedText(`${output.ename}: ${output.evalue}`);
  const { data } = output;
  const types = Object.keys(data);
  if (types.some((type) => /^application\/vnd\.(?:plotly|vega)/.test(type))) return "chart";
  if (types.some((type) => type.startsWith("image/"))) return "picture";
  return textOf(data);
}

function textOf(data: MimeBundle): string {
  const { "text/html": html, "text/plain": plain } = data;
  if (typeof html === "string") return html.includes("<table") ? "table" : "HTML";
  return typeof plain === "string" ? foldedText(withoutColours(plain)) : "output";
}
