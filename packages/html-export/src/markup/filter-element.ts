import { anchorId } from "./anchors.ts";
import {
  ACTIVE_ELEMENTS,
  ALLOWED_ELEMENTS,
  DROPPED_ELEMENTS,
  fitsInto,
  RENAMED_ELEMENTS,
} from "./element-rules.ts";
import { embeddedSource } from "./image-source.ts";
import { safeAddress } from "./safe-address.ts";
import { type Declarations, safeDeclarations } from "./safe-style.ts";
import type { SanitizeOptions } from "./sanitize-markup.ts";
import type { StyledElement, StyleRules } from "./style-rules.ts";
import { themedStyle } from "./themed-style.ts";

/** An element as the sanitiser is to write it. */
export interface FilteredElement {
  readonly tagName: string;
  readonly attribs: Record<string, string>;
}

/**
 * Name of an element of which only the content stays.
 *
 * The sanitiser writes it like any other, and {@link withoutGone} takes its tags
 * away: it gives a wrong end tag to the element that follows one which was first
 * renamed and then not allowed.
 */
export const GONE = "x-gone";

/** Takes the tags of {@link GONE} out of sanitised markup. */
export function withoutGone(html: string): string {
  return html.replaceAll(/<\/?x-gone>/g, "");
}

type Attributes = Readonly<Record<string, string>>;

/** Decides, from tag to tag, what becomes of the elements of one piece of markup. */
export interface ElementFilter {
  /** Notes a start tag, before {@link ElementFilter.element} is asked, and gives its depth. */
  open(name: string): number;
  close(): void;
  element(name: string, attributes: Attributes): FilteredElement;
  /** The text that takes the place of an image; `undefined` when the image is in the markup. */
  imageText(attributes: Attributes): string | undefined;
  readonly activeElements: ReadonlySet<string>;
  /** Whether the innermost element may hold markup, and not only the rows and cells of a table. */
  readonly takesMarkup: boolean;
  /** Whether something was kept that is seen without text in it. */
  readonly hasContent: boolean;
}

const ALLOWED = new Set(ALLOWED_ELEMENTS);
const HEADING = /^h[1-6]$/;
const DROPPED = new Set(DROPPED_ELEMENTS);
const MOST_NESTED_TABLES = 5;
const MOST_NESTED_ELEMENTS = 120;

/** Makes the {@link ElementFilter} of one piece of markup. */
export function createElementFilter(options: SanitizeOptions, rules: StyleRules): ElementFilter {
  const open: OpenElement[] = [];
  const path: StyledElement[] = [];
  const activeElements = new Set<string>();
  const styles = new Map<string, string>();
  const written: string[] = [];
  let hasContent = false;

  /** Styles repeat from cell to cell. */
  function styleOf(own: string | undefined, wanted: Declarations | undefined): string | undefined {
    if (own === undefined && !wanted) return undefined;
    const key = wanted ? `${[...wanted].join(";")}|${own ?? ""}` : (own ?? "");
    const known = styles.get(key);
    if (known !== undefined) return known;
    const style = themedStyle(new Map([...(wanted ?? []), ...safeDeclarations(own ?? "")]));
    if (styles.size < 2000) styles.set(key, style);
    return style;
  }

  function nameOf(name: string): string | undefined {
    const renamed = Object.hasOwn(RENAMED_ELEMENTS, name) ? (RENAMED_ELEMENTS[name] ?? name) : name;
    if (!ALLOWED.has(renamed)) return undefined;
    if (!fitsInto(renamed, written.at(-1)) || written.length >= MOST_NESTED_ELEMENTS) return undefined;
    if (renamed === "a" && written.includes("a")) return undefined;
    if (HEADING.test(renamed) && written.some((it) => HEADING.test(it))) return undefined;
    const isTooMany =
      renamed === "table" && written.filter((it) => it === "table").length >= MOST_NESTED_TABLES;
    return isTooMany ? undefined : renamed;
  }

  return {
    activeElements,
    get takesMarkup() {
      return fitsInto("span", written.at(-1));
    },
    get hasContent() {
      return hasContent;
    },
    open: (name) => open.push({ name, written: false }),
    close() {
      const closed = open.pop();
      if (closed?.written) {
        path.pop();
        written.pop();
      }
    },
    imageText(attributes) {
      if (imageSource(attributes, options) !== undefined) return undefined;
      const { src = "", alt = "" } = attributes;
      return `[image not included: ${plain(alt.trim() === "" ? src.slice(0, 120) : alt)}]`;
    },
    element(name, attributes) {
      if (ACTIVE_ELEMENTS.has(name)) activeElements.add(name);
      if (DROPPED.has(name)) return { tagName: name, attribs: {} };
      const renamed = nameOf(name);
      const top = open.at(-1);
      if (renamed === undefined || !top) return { tagName: GONE, attribs: {} };

      top.written = true;
      written.push(renamed);
      path.push({ tag: name, id: attributes["id"], classes: (attributes["class"] ?? "").split(/\s+/, 20) });
      hasContent ||= renamed === "img" || renamed === "hr";
      const style = styleOf(
        ownStyle(name, attributes),
        rules.isEmpty ? undefined : rules.declarationsFor(path),
      );
      const shared = sharedAttributes(renamed, attributes, { options, style });
      switch (renamed) {
        case "img":
          return image(attributes, shared, options);
        case "a":
          return { tagName: "a", attribs: { ...shared, ...linkAttributes(attributes) } };
        case "th":
          return { tagName: "th", attribs: { ...shared, scope: written.includes("thead") ? "col" : "row" } };
        default:
          return options.headings === "looks" && HEADING.test(renamed)
            ? { tagName: "div", attribs: { ...shared, class: renamed } }
            : { tagName: renamed, attribs: shared };
      }
    },
  };
}

interface OpenElement {
  readonly name: string;
  written: boolean;
}

/** The element's style, with what old HTML said by attributes. */
function ownStyle(name: string, attributes: Attributes): string | undefined {
  const { style, align, valign, bgcolor, color } = attributes;
  const old = [
    align !== undefined && name !== "img" && name !== "table" ? `text-align:${align}` : "",
    name === "center" ? "text-align:center" : "",
    align !== undefined && name === "img" ? `float:${align}` : "",
    valign === undefined ? "" : `vertical-align:${valign}`,
    bgcolor === undefined ? "" : `background-color:${bgcolor}`,
    color !== undefined && name === "font" ? `color:${color}` : "",
  ].filter((it) => it !== "");
  if (old.length === 0) return style;
  return [...old, style ?? ""].join(";");
}

const NUMBERS = ["colspan", "rowspan", "span", "start", "value", "width", "height"];
const CLASSES = /^(?:alert(?:-(?:info|success|warning|danger))?|dataframe|task)$/;

function sharedAttributes(
  name: string,
  attributes: Attributes,
  { options, style }: { readonly options: SanitizeOptions; readonly style: string | undefined },
): Record<string, string> {
  const kept: Record<string, string> = {};
  const { title, dir, lang, id } = attributes;
  if (style !== undefined && style !== "") kept["style"] = style;
  const classes = (attributes["class"] ?? "").split(/\s+/).filter((it) => CLASSES.test(it));
  if (classes.length > 0) kept["class"] = classes.join(" ");
  if (title !== undefined && title !== "") kept["title"] = plain(title);
  if (dir !== undefined && /^(?:ltr|rtl|auto)$/i.test(dir)) kept["dir"] = dir.toLowerCase();
  if (lang !== undefined && /^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i.test(lang)) kept["lang"] = lang;
  for (const number of NUMBERS) {
    const value = attributes[number]?.trim();
    if (value !== undefined && /^\d{1,4}$/.test(value)) kept[number] = value;
  }
  for (const flag of ["open", "reversed"]) if (flag in attributes) kept[flag] = "";
  const anchor = id ?? (name === "a" ? attributes["name"] : undefined);
  const anchored = anchor !== undefined && ANCHORED.has(name) ? options.anchors.claim(anchor) : undefined;
  if (anchored !== undefined) kept["id"] = anchored;
  return kept;
}

/** Elements whose ids people link to; those of table cells are there for style sheets. */
const ANCHORED = new Set([
  "a",
  "div",
  "span",
  "p",
  "h1",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
  "li",
  "dt",
  "details",
  "table",
]);

function linkAttributes({ href }: Attributes): Record<string, string> {
  const address = href === undefined ? undefined : safeAddress(href);
  if (!address) return {};
  if (address.kind === "fragment") {
    const id = anchorId(address.href.slice(1));
    return { href: id === undefined ? "#" : `#${id}` };
  }
  const rel = { rel: "noopener noreferrer nofollow" };
  return { href: plain(address.href), ...rel, ...(address.kind === "outside" ? { target: "_blank" } : {}) };
}

function imageSource({ src = "" }: Attributes, { findImage }: SanitizeOptions): string | undefined {
  return embeddedSource(src) ?? findImage?.(src);
}

function image(
  attributes: Attributes,
  shared: Record<string, string>,
  options: SanitizeOptions,
): FilteredElement {
  const src = imageSource(attributes, options);
  if (src === undefined) return { tagName: "span", attribs: { class: "missing" } };
  return { tagName: "img", attribs: { ...shared, src, alt: plain(attributes["alt"] ?? "") } };
}

function plain(text: string): string {
  return text.replaceAll(/\p{Noncharacter_Code_Point}|(?![\t\n\r])\p{Cc}/gu, "");
}
