import type { MarkdownIt, StateBlock, StateInline } from "markdown-it";
import { findFormula } from "./find-formula.ts";

/** Name of the token that holds a formula: its source in `content`, `inline` or `block` in `markup`. */
export const FORMULA_TOKEN = "formula";

/** Lets a Markdown parser read formulas, before any other rule can take their characters for its own. */
export function addMathRules(markdown: MarkdownIt): void {
  markdown.inline.ruler.before("escape", FORMULA_TOKEN, inlineRule);
  markdown.block.ruler.before("fence", FORMULA_TOKEN, blockRule, {
    alt: ["paragraph", "reference", "blockquote", "list"],
  });
}

function inlineRule(state: StateInline, silent: boolean): boolean {
  const first = state.src[state.pos];
  if (first !== "$" && first !== "\\") return false;
  const formula = findFormula(state.src, state.pos);
  if (!formula || formula.end > state.posMax) return false;
  if (!silent) {
    const token = state.push(FORMULA_TOKEN, "", 0);
    token.content = formula.tex;
    token.markup = formula.display;
  }
  state.pos = formula.end;
  return true;
}

/** A formula on lines of its own, in which `=` underlines nothing and `-` begins no list. */
function blockRule(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const start = lineStart(state, startLine);
  if ((state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  if (!state.src.startsWith("$$", start) && !/^\\(?:begin\{|\\\[)/.test(state.src.slice(start, start + 8)))
    return false;
  const lastLine = lastLineOf(state, startLine, endLine);
  const text = state.getLines(startLine, lastLine, state.blkIndent, false).trimStart();
  const formula = findFormula(text, 0);
  if (!formula || formula.display !== "block") return false;
  const rest = text.slice(formula.end);
  const [afterwards = ""] = rest.split("\n", 1);
  if (afterwards.trim() !== "") return false;
  if (silent) return true;

  const token = state.push(FORMULA_TOKEN, "", 0);
  token.block = true;
  token.content = formula.tex;
  token.markup = "block";
  state.line = startLine + text.slice(0, formula.end).split("\n").length;
  token.map = [startLine, state.line];
  return true;
}

function lineStart(state: StateBlock, line: number): number {
  return (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
}

/** A formula ends with its paragraph, and within reason. */
function lastLineOf(state: StateBlock, startLine: number, endLine: number): number {
  let line = startLine + 1;
  while (
    line < endLine &&
    line < startLine + 100 &&
    !state.isEmpty(line) &&
    (state.sCount[line] ?? 0) >= state.blkIndent
  )
    line += 1;
  return line;
}
