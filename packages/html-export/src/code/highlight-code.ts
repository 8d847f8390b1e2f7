import type { HLJSApi } from "highlight.js";
import core from "highlight.js/lib/core";
import { escapeText, withoutControls } from "../escape-html.ts";
import { LANGUAGE_ALIASES, LANGUAGES } from "./languages.ts";
import { markDirectionControls } from "./direction-controls.ts";

let madeHighlighter: HLJSApi | undefined;

/** The highlighter with all grammars, made at its first use: a server that starts would wait for them in vain. */
function theHighlighter(): HLJSApi {
  if (madeHighlighter) return madeHighlighter;
  madeHighlighter = core.newInstance();
  madeHighlighter.configure({ classPrefix: "h-" });
  for (const [name, grammar] of Object.entries(LANGUAGES)) madeHighlighter.registerLanguage(name, grammar);
  return madeHighlighter;
}

/** Longer code is shown plain, as is code with a longer line: a grammar can take quadratic time for either. */
const LONGEST = 10_000;
const LONGEST_LINE = 500;

/**
 * Turns code into markup of text and `<span class="h-…">`.
 *
 * Characters that change the direction of text are made visible, because code
 * that reads otherwise than it runs can hide them.
 *
 * @param language - Any name of it; code in a language we do not know stays plain.
 */
export function highlightCode(code: string, language: string | undefined): string {
  const name = language?.toLowerCase() ?? "";
  const grammar = Object.hasOwn(LANGUAGE_ALIASES, name) ? LANGUAGE_ALIASES[name] : name;
  const text = withoutControls(code).replace(/\n$/, "");
  const markup = grammar && isReasonable(text) ? highlighted(text, grammar) : undefined;
  return markDirectionControls(markup ?? escapeText(text));
}

function isReasonable(text: string): boolean {
  return text.length <= LONGEST && text.split("\n").every((line) => line.length <= LONGEST_LINE);
}

function highlighted(text: string, grammar: string): string | undefined {
  const highlighter = theHighlighter();
  if (!highlighter.getLanguage(grammar)) return undefined;
  // What stands between the tags must be what escaping makes of the text, and the tags must be spans.
  const { value } = highlighter.highlight(text, { language: grammar, ignoreIllegals: true });
  const rest = value.replaceAll(/<span class="[\w -]+">|<\/span>/g, "");
  const isSafe = !/[<>]/.test(rest);
  return isSafe ? value : undefined;
}
