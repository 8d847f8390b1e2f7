const COLOR = String.raw`(?:#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([\d\s.,%/+-]*(?:deg)?[\d\s.,%/+-]*\)|[a-z]{3,24})`;
const SIZE = String.raw`(?:\+?(?:\d{1,4}(?:\.\d{1,9})?|\.\d{1,9})(?:px|em|rem|ex|ch|pt|pc|in|cm|mm|%|vw|fr)?)`;
const LENGTH = `(?:${SIZE}|[a-z-]{3,14})`;
const LENGTHS = `${LENGTH}(?: ${LENGTH}){0,3}`;
const BORDER = `(?:${LENGTH}|${COLOR})(?: (?:${LENGTH}|${COLOR})){0,2}`;
// No text may fit two of the alternatives, or matching it would take exponential time.
const STOPS = `(?:${COLOR}|${SIZE}|\\d{1,3}deg|to [a-z ]{3,12})(?:[ ,](?:${COLOR}|${SIZE})){0,30}`;
const WORDS = "[a-z-]{3,20}(?: [a-z-]{3,20}){0,3}";
const TRACKS = String.raw`[a-z\d.% ,()-]{1,80}`;

/**
 * The properties that markup from a notebook may set, and what their values may be.
 *
 * Nothing here loads anything, leaves its place in the page, or covers another part of it.
 */
export const STYLE_PROPERTIES: ReadonlyMap<string, RegExp> = new Map<string, RegExp>([
  ...properties(COLOR, "color", "background-color", "text-decoration-color"),
  ...properties(`(?:${COLOR}|linear-gradient\\(${STOPS}\\))(?: no-repeat)?`, "background"),
  ...properties(`linear-gradient\\(${STOPS}\\)`, "background-image"),
  ...properties(BORDER, "border", ...sides("border")),
  ...properties(
    `(?:${COLOR})(?: ${COLOR}){0,3}`,
    "border-color",
    ...sides("border").map((it) => `${it}-color`),
  ),
  ...properties(
    LENGTHS,
    "padding",
    ...sides("padding"),
    "margin",
    ...sides("margin"),
    "border-width",
    ...sides("border").map((it) => `${it}-width`),
    "border-radius",
    "border-spacing",
    "width",
    "height",
    "min-width",
    "max-width",
    "min-height",
    "max-height",
    "gap",
    "row-gap",
    "column-gap",
    "letter-spacing",
    "font-size",
    "flex-basis",
  ),
  ...properties(
    WORDS,
    "text-align",
    "vertical-align",
    "text-decoration",
    "text-decoration-line",
    "text-decoration-style",
    "text-transform",
    "white-space",
    "word-break",
    "word-wrap",
    "overflow-wrap",
    "font-style",
    "font-variant",
    "border-style",
    ...sides("border").map((it) => `${it}-style`),
    "border-collapse",
    "list-style",
    "list-style-type",
    "float",
    "clear",
    "overflow",
    "overflow-x",
    "overflow-y",
    "table-layout",
    "caption-side",
    "empty-cells",
    "flex-direction",
    "flex-wrap",
    "flex-flow",
    "justify-content",
    "align-items",
    "align-content",
    "align-self",
    "justify-items",
    "object-fit",
  ),
  ...properties(
    "(?:none|block|inline|inline-block|flex|inline-flex|grid|inline-grid|list-item|table|table-row|table-cell|flow-root)",
    "display",
  ),
  ...properties(String.raw`(?:[1-9]00|bold|bolder|lighter|normal)`, "font-weight"),
  ...properties(String.raw`[\w ,'"-]{1,160}`, "font-family"),
  ...properties(String.raw`\d{1,2}(?:\.\d{1,4})?(?:px|em|rem|%)?|normal`, "line-height"),
  ...properties(String.raw`[01]?(?:\.\d{1,6})?`, "opacity"),
  ...properties(String.raw`\d{1,2}(?: \d{1,2})?(?: ${LENGTH})?|auto|none`, "flex"),
  ...properties(String.raw`\d{1,2}`, "flex-grow", "flex-shrink", "columns", "column-count", "order"),
  ...properties(TRACKS, "grid-template-columns", "grid-template-rows"),
]);

function properties(pattern: string, ...names: readonly string[]): (readonly [string, RegExp])[] {
  const regExp = new RegExp(`^(?:${pattern})$`, "i");
  return names.map((name) => [name, regExp] as const);
}

function sides(property: string): readonly string[] {
  return ["top", "right", "bottom", "left"].map((side) => `${property}-${side}`);
}
