/** Elements of plain HTML that may be in the markup of a notebook. */
const HTML = words(
  "a abbr audio b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em",
  "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub",
  "summary sup table tbody td tfoot th thead time tr u ul var video wbr",
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

/** Attributes that do nothing but say how their element looks or is read, whatever they hold. */
const PLAIN = words(
  "alt class colspan controls datetime dir height lang open rel reversed role rowspan scope span start tabindex title",
  "type value width xmlns",
  // Those of formulas.
  "accent accentunder columnalign columnlines columnspacing depth display displaystyle encoding fence",
  "largeop linebreak linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize",
  "movablelimits notation rowlines rowspacing rspace scriptlevel separator stretchy symmetric valign voffset",
);

/** Where links may lead. Browsers leave line ends and tabs out, and take `\` for `/`: neither is in here. */
const ADDRESS =
  /^(?:#[^\\\s]*|https?:\/\/[^\\\s]+|mailto:[^\\\s]+|\/(?![/\\\s])[^\\\t\r\n]*|[\w.%() -]+(?:[/?#][^\\\t\r\n]*)?)$/;

const RECORDING = /^data:(?:audio|video)\/[a-z0-9-]+;base64,[A-Za-z0-9+/=]*$/;

const PICTURE = /^data:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]/;

/** The character references that are written, by html-export and KaTeX. */
const REFERENCES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#x27;": "'",
  "&#39;": "'",
  "&#10;": "\n",
  "&#13;": "\r",
};
const REFERENCE = /&(?:amp|lt|gt|quot|#x27|#39|#10|#13);/g;

/**
 * Finds what markup of a notebook must never hold: a tag that is not on the list or not
 * written plainly, an attribute that is not on the list, an address of another kind. Values are
 * read as a browser reads them, with their character references put in.
 *
 * This knows nothing of how the markup was made, so that a mistake there does no harm here.
 *
 * @returns The first that there is, shortened; `undefined` where all is well.
 */
export function findStrayMarkup(html: string): string | undefined {
  for (let at = html.indexOf("<"); at >= 0; at = html.indexOf("<", at)) {
    TAG.lastIndex = at;
    const [tag, , name = "", attributes = ""] = TAG.exec(html) ?? [];
    if (tag === undefined || !(HTML.has(name) || MATHML.has(name)) || !areSafe(name, attributes))
      return html.slice(at, at + 80);
    at += tag.length;
  }
  return undefined;
}

function areSafe(element: string, attributes: string): boolean {
  return [...attributes.matchAll(ATTRIBUTE)].every(([, name = "", written = ""]) => {
    const value = decoded(written);
    return value !== undefined && isSafe(element, name, value);
  });
}

/** A value as the browser reads it; `undefined` for a reference that nobody here writes. */
function decoded(written: string): string | undefined {
  if (written.replaceAll(REFERENCE, "").includes("&")) return undefined;
  return written.replaceAll(REFERENCE, (reference) => REFERENCES[reference] ?? "");
}

function isSafe(element: string, name: string, value: string): boolean {
  switch (name) {
    case "href":
      return element === "a" && ADDRESS.test(value);
    case "src":
      if (element === "audio" || element === "video") return RECORDING.test(value);
      return element === "img" && PICTURE.test(value);
    case "id":
      return value.startsWith("s-");
    case "style":
      return !/url|image|expression|@|\\|\/\*/i.test(value);
    case "target":
      return value === "_blank";
    default:
      return PLAIN.has(name) || name.startsWith("aria-");
  }
}

function words(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}
