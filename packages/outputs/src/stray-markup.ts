/** Elements of plain HTML that may be in the markup of a notebook. */
const HTML = words(
  "a abbr b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em",
  "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub",
  "summary sup table tbody td tfoot th thead time tr u ul var wbr",
);

/** Elements of formulas. */
const MATHML = words(
  "annotation math menclose merror mfrac mi mglyph mlabeledtr mmultiscripts mn mo mover mpadded mphantom",
  "mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none",
  "semantics",
);

/** One tag as html-export and KaTeX write it: lower-case names, double quotes, and no `<` or `>` in a value. */
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z][a-z:-]*(?: ?="[^"<>]*")?)*)\/?>/y;
const ATTRIBUTE = / ([a-z][a-z:-]*)(?: ?="([^"<>]*)")?/g;

/**
 * Finds what markup of a notebook must never hold: a tag that is not on the list or not
 * written plainly, a handler, an address of another kind.
 *
 * This knows nothing of how the markup was made, so that a mistake there does no harm here.
 *
 * @returns The first that there is, shortened; `undefined` where all is well.
 */
export function findStrayMarkup(html: string): string | undefined {
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at)) {
    TAG.lastIndex = at;
    const [tag, , name = "", attributes = ""] = TAG.exec(html) ?? [];
    if (tag === undefined || !(HTML.has(name) || MATHML.has(name)) || !areSafe(attributes))
      return html.slice(at, at + 80);
    at += tag.length;
  }
  return undefined;
}

function areSafe(attributes: string): boolean {
  return [...attributes.matchAll(ATTRIBUTE)].every(([, name = "", value = ""]) => isSafe(name, value));
}

function isSafe(name: string, value: string): boolean {
  if (name === "href") return /^(?:#|https?:\/\/|mailto:|\/(?!\/)|[\w.%() -]+(?:[/?#]|$))/.test(value);
  if (name === "src") return /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/.test(value);
  if (name === "id") return value.startsWith("s-");
  if (name === "style") return !/url|expression|@|\\/i.test(value);
  return !/^(?:on|data-|form|srcdoc|srcset|action|name$|ping|is$)/.test(name);
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}
