import type { Declarations } from "./safe-style.ts";

const NO_COLOR = /^(?:inherit|initial|unset|revert|currentcolor|transparent|none)$/i;

/**
 * Writes the declarations of an element so that they can be read in both themes.
 *
 * Authors choose colours for a white page. An element with a background of its
 * own becomes an island of the light theme, with text that stands out from it;
 * a text colour without one is made lighter in the dark theme only.
 */
export function themedStyle(declarations: Declarations): string {
  const background = backgroundOf(declarations);
  const parts: string[] = background === undefined ? [] : ["color-scheme:light"];
  if (background === GRADIENT) {
    // What shines through it was white when the author looked at it.
    if (!declarations.has("color")) parts.push("color:var(--text)");
  } else if (background !== undefined && !declarations.has("color")) {
    parts.push(`color:oklch(from ${background} clamp(.2,(.62 - l)*1000,1) 0 h)`);
  }
  for (const [property, value] of declarations) {
    parts.push(`${property}:${value}`);
    if (property !== "color" || background !== undefined || NO_COLOR.test(value)) continue;
    parts.push(`color:light-dark(${value},oklch(from ${value} max(l,.75) c h))`);
  }
  if (background === GRADIENT) parts.push("background-color:var(--page)");
  return parts.join(";");
}

const GRADIENT = "gradient";

/** The colour behind an element, {@link GRADIENT}, or `undefined` when it shows what is below. */
function backgroundOf(declarations: Declarations): string | undefined {
  let found: string | undefined;
  for (const [property, value] of declarations) {
    if (!property.startsWith("background")) continue;
    if (value.includes("gradient(")) found = GRADIENT;
    else if (found !== GRADIENT || property === "background") {
      found = NO_COLOR.test(value) || /\s/.test(value) ? undefined : value;
    }
  }
  return found;
}
