import katex from "katex";
import { escapeText } from "../escape-html.ts";
import { isPlainMathml } from "./plain-mathml.ts";

/** A formula's source, and whether it stands on a line of its own. */
export interface Formula {
  readonly tex: string;
  readonly display: "inline" | "block";
}

/** Turns formulas of one notebook into markup. Macros that one defines hold for those after it. */
export type RenderMath = (formula: Formula) => string;

const LONGEST = 10_000;

/**
 * Makes a {@link RenderMath}: MathML by KaTeX, which needs neither style sheet
 * nor fonts. What KaTeX cannot read is shown as it was written.
 */
export function createMathRenderer(): RenderMath {
  const macros = {};
  return ({ tex, display }) => {
    const mathml =
      tex.length > LONGEST
        ? undefined
        : (toMathml(tex, display, macros) ?? toMathml(withoutRedefinitions(tex), display, macros));
    if (mathml === undefined) return `<code class="tex">${escapeText(tex)}</code>`;
    return display === "block" ? `<span class="formula"${scrolls(tex)}>${mathml}</span>` : mathml;
  };
}

/** A long formula scrolls on a phone, and so the keyboard must be able to reach it. */
function scrolls(tex: string): string {
  return tex.length > 40 ? ' tabindex="0" role="group" aria-label="Formula"' : "";
}

/** Notebooks define commands that KaTeX has by itself, such as `\R`, which it takes for a mistake. */
function withoutRedefinitions(tex: string): string {
  return tex.replaceAll(/\\(?:re)?newcommand(?![A-Za-z])/g, String.raw`\providecommand`);
}

function toMathml(tex: string, display: Formula["display"], macros: object): string | undefined {
  try {
    const html = katex.renderToString(tex, {
      output: "mathml",
      displayMode: display === "block",
      throwOnError: true,
      strict: "ignore",
      trust: false,
      globalGroup: true,
      maxSize: 20,
      maxExpand: 1000,
      macros: macros as Record<string, string>,
    });
    const mathml = /^<span class="katex">(<math[\s\S]*<\/math>)<\/span>$/.exec(html)?.[1];
    return mathml !== undefined && isPlainMathml(mathml) ? mathml : undefined;
  } catch {
    // A syntax error, or a stack overflow in a formula of a thousand braces: the source is shown instead.
    return undefined;
  }
}
