import type { Attributes } from "./element-attributes.ts";
import { type Declarations, safeDeclarations } from "./safe-style.ts";
import { themedStyle } from "./themed-style.ts";

/**
 * Writes the style of an element: what the notebook's style sheets say of it,
 * what old HTML said by attributes, and its own. Empty when nothing is left.
 */
export type StyleElement = (name: string, attributes: Attributes, rules: Declarations | undefined) => string;

/** Makes a {@link StyleElement} that remembers, because styles repeat from cell to cell. */
export function createElementStyler(): StyleElement {
  const known = new Map<string, string>();
  return (name, attributes, rules) => {
    const own = ownStyle(name, attributes);
    if (own === "" && !rules) return "";
    const key = rules ? `${[...rules].join(";")}|${own}` : own;
    const found = known.get(key);
    if (found !== undefined) return found;
    const style = themedStyle(new Map([...(rules ?? []), ...safeDeclarations(own)]));
    if (known.size < MOST_REMEMBERED) known.set(key, style);
    return style;
  };
}

const MOST_REMEMBERED = 2000;

/** @param name - The element's name in the markup. */
function ownStyle(name: string, { style = "", align, valign, bgcolor, color }: Attributes): string {
  const old: string[] = [];
  if (name === "center") old.push("text-align:center");
  if (align !== undefined && name !== "table")
    old.push(`${name === "img" ? "float" : "text-align"}:${align}`);
  if (valign !== undefined) old.push(`vertical-align:${valign}`);
  if (bgcolor !== undefined) old.push(`background-color:${bgcolor}`);
  if (color !== undefined && name === "font") old.push(`color:${color}`);
  return old.length === 0 ? style : [...old, style].join(";");
}
