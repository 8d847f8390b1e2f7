import { STYLE_PROPERTIES } from "./style-properties.ts";

/** Declarations of a style, by property. */
export type Declarations = ReadonlyMap<string, string>;

/** Reads the declarations of a `style` attribute, and keeps those that are safe. */
export function safeDeclarations(style: string): Declarations {
  const kept = new Map<string, string>();
  for (const declaration of style.split(";")) {
    const colon = declaration.indexOf(":");
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = normal(declaration.slice(colon + 1));
    if (colon < 0 || !isAllowed(property, value)) continue;
    // A later declaration also comes later in the order.
    kept.delete(property);
    kept.set(property, value);
  }
  return kept;
}

function isAllowed(property: string, value: string): boolean {
  const pattern = STYLE_PROPERTIES.get(property);
  if (!pattern || value.length > 600 || !pattern.test(value)) return false;
  return hasOnlyKnownFunctions(value);
}

function normal(value: string): string {
  const text = value
    .replace(/!\s*important\s*$/i, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return text.replaceAll(/ ?, ?/g, ",").replaceAll(/\( /g, "(").replaceAll(/ \)/g, ")");
}

const FUNCTIONS = new Set([
  "rgb",
  "rgba",
  "hsl",
  "hsla",
  "linear-gradient",
  "repeat",
  "minmax",
  "fit-content",
]);

function hasOnlyKnownFunctions(value: string): boolean {
  let depth = 0;
  for (const [, name = "", bracket = ""] of value.matchAll(/([\w-]*)([()])/g)) {
    depth += bracket === "(" ? 1 : -1;
    if (depth < 0 || (bracket === "(" && !FUNCTIONS.has(name.toLowerCase()))) return false;
  }
  return depth === 0;
}
