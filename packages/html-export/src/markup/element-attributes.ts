import { anchorId, type Anchors } from "./anchors.ts";
import { embeddedSource } from "./image-source.ts";
import { withoutControls } from "../escape-html.ts";
import { safeAddress } from "./safe-address.ts";

/** The attributes of an element in the markup, as a parser read them. */
export type Attributes = Readonly<Record<string, string>>;

/** An attribute as it goes into the page; its value is not escaped yet. */
export type WrittenAttribute = readonly [name: string, value: string];

/** Gives the picture behind an address that is no `data:` address, as one that is. */
export type FindImage = (address: string) => string | undefined;

/**
 * Gives the attributes that an element may keep, apart from its style.
 *
 * @param name - The element's name in the page.
 */
export function safeAttributes(name: string, attributes: Attributes, anchors: Anchors): WrittenAttribute[] {
  const kept: WrittenAttribute[] = [];
  for (const attribute in attributes) {
    const rule = Object.hasOwn(RULES, attribute) ? RULES[attribute] : undefined;
    if (!rule || (rule.on && !rule.on.includes(name))) continue;
    const value = rule.read(attributes[attribute] ?? "");
    if (value !== undefined) kept.push([attribute, value]);
  }
  const id = anchorOf(name, attributes, anchors);
  if (id !== undefined) kept.push(["id", id]);
  return name === "a" ? [...kept, ...linkAttributes(attributes)] : kept;
}

/** The `data:` address of an image, or `undefined` when its picture is not in the notebook. */
export function imageSource({ src = "" }: Attributes, findImage: FindImage | undefined): string | undefined {
  return embeddedSource(src) ?? findImage?.(src);
}

/** What stands in the place of an image that is not in the notebook. */
export function missingImageText({ src = "", alt = "" }: Attributes): string {
  return `[image not included: ${alt.trim() === "" ? src.slice(0, 120) : alt}]`;
}

interface Rule {
  /** Elements that may have the attribute. Default: all. */
  readonly on?: readonly string[];
  /** Gives the value to write, or `undefined` for none. */
  readonly read: (value: string) => string | undefined;
}

const RULES: Readonly<Record<string, Rule>> = {
  class: { read: knownClasses },
  title: { read: (value) => (value === "" ? undefined : withoutControls(value)) },
  dir: { read: (value) => (/^(?:ltr|rtl|auto)$/i.test(value) ? value.toLowerCase() : undefined) },
  lang: { read: (value) => (/^[a-z]{2,8}(?:-[a-z0-9]{1,8}){0,4}$/i.test(value) ? value : undefined) },
  colspan: { on: ["td", "th"], read: smallNumber },
  rowspan: { on: ["td", "th"], read: smallNumber },
  span: { on: ["col", "colgroup"], read: smallNumber },
  start: { on: ["ol"], read: smallNumber },
  value: { on: ["li"], read: smallNumber },
  width: { on: ["img"], read: smallNumber },
  height: { on: ["img"], read: smallNumber },
  alt: { on: ["img"], read: withoutControls },
  open: { on: ["details"], read: () => "" },
  reversed: { on: ["ol"], read: () => "" },
};

/** Jupyter's coloured boxes, pandas' tables, and our own task lists. */
const CLASSES = /^(?:alert(?:-(?:info|success|warning|danger))?|dataframe|task)$/;

function knownClasses(value: string): string | undefined {
  const known = value.split(/\s+/).filter((it) => CLASSES.test(it));
  return known.length === 0 ? undefined : known.join(" ");
}

function smallNumber(value: string): string | undefined {
  return /^\s*\d{1,4}\s*$/.test(value) ? value.trim() : undefined;
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

function anchorOf(name: string, attributes: Attributes, anchors: Anchors): string | undefined {
  const anchor = attributes["id"] ?? (name === "a" ? attributes["name"] : undefined);
  return anchor === undefined || !ANCHORED.has(name) ? undefined : anchors.claim(anchor);
}

function linkAttributes({ href }: Attributes): WrittenAttribute[] {
  const address = href === undefined ? undefined : safeAddress(href);
  if (!address) return [];
  if (address.kind === "fragment") return [["href", `#${anchorId(address.href.slice(1)) ?? ""}`]];
  const link: WrittenAttribute[] = [
    ["href", address.href],
    ["rel", "noopener noreferrer nofollow"],
  ];
  return address.kind === "outside" ? [...link, ["target", "_blank"]] : link;
}
