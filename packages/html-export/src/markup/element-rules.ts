/** Elements that may stand in a page as they are. All are plain HTML whose content is markup. */
export const ALLOWED_ELEMENTS: ReadonlySet<string> = new Set(
  [
    "a abbr b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em",
    "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp small span strong sub summary sup",
    "table tbody td tfoot th thead tr u ul var wbr",
  ].flatMap((line) => line.split(" ")),
);

/** Elements that have no content, and so no end tag. */
export const EMPTY_ELEMENTS: ReadonlySet<string> = new Set(["br", "col", "hr", "img", "wbr"]);

/** Elements that become another one: because they are outdated, or because the page's own frame is made of them. */
export const RENAMED_ELEMENTS: ReadonlyMap<string, string> = new Map([
  ...all(
    "div",
    "center figure figcaption section article header footer main nav aside address fieldset form legend",
  ),
  ...all("div", "hgroup search dialog"),
  ...all("span", "font big label button output time data nobr bdo"),
  ...all("ul", "menu dir"),
  ...all("s", "strike"),
  ...all("code", "tt"),
  ...all("abbr", "acronym"),
]);

/** Elements that go with all that is in them, because it is not text for a reader. */
export const DROPPED_ELEMENTS: ReadonlySet<string> = new Set(
  [
    "script style template textarea option select datalist xmp noscript noembed noframes plaintext title head",
    "iframe frame frameset object embed applet svg math audio video canvas map",
  ].flatMap((line) => line.split(" ")),
);

/** Elements whose loss a reader should know of: what they did is not in the page. */
export const ACTIVE_ELEMENTS: ReadonlySet<string> = new Set(
  "script iframe frame object embed applet audio video canvas textarea select input".split(" "),
);

/**
 * Says whether `name` may stand in `parent`, both as they go into the page.
 *
 * Only tables are strict: a browser closes a table in a table, and moves what it
 * finds between cells to another place. Then end tags would close what was
 * opened around the markup, and it could leave its place in the page.
 */
export function fitsInto(name: string, parent: string | undefined): boolean {
  const wanted = PARENTS.get(name);
  if (wanted) return parent !== undefined && wanted.includes(parent);
  return parent === undefined || !TABLE_FRAME.has(parent);
}

const PARENTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["caption", ["table"]],
  ["colgroup", ["table"]],
  ["col", ["colgroup"]],
  ["thead", ["table"]],
  ["tbody", ["table"]],
  ["tfoot", ["table"]],
  ["tr", ["table", "thead", "tbody", "tfoot"]],
  ["td", ["tr"]],
  ["th", ["tr"]],
]);

const TABLE_FRAME: ReadonlySet<string> = new Set(["table", "colgroup", "thead", "tbody", "tfoot", "tr"]);

function all(to: string, names: string): (readonly [string, string])[] {
  return names.split(" ").map((name) => [name, to] as const);
}
