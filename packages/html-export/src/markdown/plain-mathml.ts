const ELEMENTS = new Set(
  (
    "math semantics annotation mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle mpadded mphantom " +
    "menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd mlabeledtr merror"
  ).split(" "),
);
const ATTRIBUTES = new Set(
  (
    "xmlns display encoding mathvariant mathcolor mathbackground mathsize stretchy fence separator lspace rspace " +
    "minsize maxsize movablelimits accent accentunder linethickness width height depth voffset scriptlevel " +
    "displaystyle columnalign rowalign columnspacing rowspacing columnlines rowlines notation symmetric form " +
    "side minlabelspacing rowspan columnspan linebreak style class"
  ).split(" "),
);

/**
 * Tells whether markup is MathML for display alone: no link, handler or foreign
 * content in it. The second look at what KaTeX made, which is not sanitised.
 */
export function isPlainMathml(markup: string): boolean {
  const rest = markup.replaceAll(
    /<(\/?)([a-z]+)((?: [a-z-]+ ?="[^"<>]*")*)\/?>/g,
    (tag, _slash, name: string, attributes: string) => {
      const names = [...attributes.matchAll(/ ([a-z-]+) ?="/g)].map(([, attribute = ""]) => attribute);
      const isPlain =
        ELEMENTS.has(name) &&
        names.every((it) => ATTRIBUTES.has(it)) &&
        !/style="[^"]*(?:url|\\|position|@)/i.test(attributes);
      return isPlain ? "" : tag;
    },
  );
  return !/[<>]/.test(rest);
}
