import { ALLOWED_ELEMENTS, DROPPED_ELEMENTS, fitsInto, RENAMED_ELEMENTS } from "./element-rules.ts";

const MOST_NESTED_TABLES = 5;
const MOST_NESTED_ELEMENTS = 120;
const HEADING = /^h[1-6]$/;

/**
 * Decides what an element of the markup is in the page.
 *
 * @param inside - Names of the elements that are open in the page, the innermost last.
 * @returns The name that it gets; `content` when only its content stays; `nothing` when that goes too.
 */
export function placeElement(
  name: string,
  inside: readonly string[],
): { readonly name: string } | "content" | "nothing" {
  if (DROPPED_ELEMENTS.has(name)) return "nothing";
  const renamed = RENAMED_ELEMENTS.get(name) ?? name;
  if (!ALLOWED_ELEMENTS.has(renamed)) return "content";
  if (inside.length >= MOST_NESTED_ELEMENTS || !fitsInto(renamed, inside.at(-1))) return "content";
  return isNestedTooOften(renamed, inside) ? "content" : { name: renamed };
}

/** Links and headings hold none of their own kind: a browser would end the outer one. */
function isNestedTooOften(name: string, inside: readonly string[]): boolean {
  if (name === "a") return inside.includes("a");
  if (name === "table") return inside.filter((it) => it === "table").length >= MOST_NESTED_TABLES;
  return HEADING.test(name) && inside.some((it) => HEADING.test(it));
}
