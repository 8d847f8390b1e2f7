import { RASTER_TYPES } from "../markup/image-source.ts";
import { type Bundle, bundleText } from "./bundle.ts";
import { textBlock } from "./text-block.ts";

/**
 * Shows LaTeX: a formula in its delimiters as a formula, anything else, such as
 * a table, as it was written, unless the bundle has a picture of it.
 */
export function renderLatex(bundle: Bundle): string | undefined {
  const text = bundleText(bundle, "text/latex")?.trim();
  if (text === undefined || text === "") return undefined;
  const formula = formulaIn(text);
  const html = formula === undefined ? "" : bundle.page.renderMath({ tex: formula, display: "block" });
  if (html.includes("<math")) return `<section class="prose"><p>${html}</p></section>`;
  const hasPicture = ["image/svg+xml", ...RASTER_TYPES].some(
    (type) => bundleText(bundle, type) !== undefined,
  );
  return hasPicture ? undefined : textBlock(text, { limit: bundle.page.maxOutputLength, kind: "plain" });
}

function formulaIn(text: string): string | undefined {
  if (text.startsWith("\\begin{")) return text;
  const inner = /^(\$\$?)([^$]+)\1$/.exec(text)?.[2] ?? /^\\\[([\s\S]+)\\\]$/.exec(text)?.[1];
  return inner?.replace(/^\\displaystyle\b\s*/, "");
}
