import { escapeAttribute, escapeText } from "../escape-html.ts";
import {
  type Attributes,
  imageSource,
  missingImageText,
  safeAttributes,
  type WrittenAttribute,
} from "./element-attributes.ts";
import { placeElement } from "./element-place.ts";
import { ACTIVE_ELEMENTS, EMPTY_ELEMENTS, fitsInto } from "./element-rules.ts";
import { createElementStyler } from "./element-style.ts";
import { type Inserts, withoutMarks } from "./inserts.ts";
import { createTextBuffer } from "../text-buffer.ts";
import type { SanitizedMarkup, SanitizeOptions } from "./sanitize-markup.ts";
import type { StyledElement, StyleRules } from "./style-rules.ts";

/** Writes markup anew from what a parser reads. */
export interface MarkupWriter {
  open(name: string, attributes: Attributes): void;
  /** Closes the element that was opened last. */
  close(): void;
  text(text: string): void;
  end(): SanitizedMarkup;
}

/** Makes the {@link MarkupWriter} of one piece of markup. */
export function createMarkupWriter({
  anchors,
  headings,
  findImage,
  inserts,
  rules,
}: SanitizeOptions & { readonly inserts: Inserts; readonly rules: StyleRules }): MarkupWriter {
  const output = createTextBuffer();
  const styleElement = createElementStyler();
  const activeElements = new Set<string>();
  /** For every open element of the markup, the end tag to write; empty when it is not in the page. */
  const endTags: string[] = [];
  const inside: string[] = [];
  const path: StyledElement[] = [];
  /** Depth of the outermost open element that goes with its content; 0 when there is none. */
  let droppedAt = 0;
  let hasContent = false;

  function openPlaced(name: string, source: string, attributes: Attributes): void {
    const element = {
      tag: source,
      id: attributes["id"],
      classes: (attributes["class"] ?? "").split(/\s+/, 20),
    };
    path.push(element);
    inside.push(name);
    const image = name === "img" ? imageSource(attributes, findImage) : undefined;
    if (name === "img" && image === undefined) {
      output.add(`<span class="missing">${escapeText(missingImageText(attributes))}</span>`);
      endTags.push("");
      hasContent = true;
      return;
    }
    const style = styleElement(source, attributes, rules.isEmpty ? undefined : rules.declarationsFor(path));
    const written: WrittenAttribute[] = style === "" ? [] : [["style", style]];
    written.push(...safeAttributes(name, attributes, anchors));
    if (image !== undefined)
      written.push(["src", image], ...(attributes["alt"] === undefined ? [["alt", ""] as const] : []));
    if (name === "th") written.push(["scope", inside.includes("thead") ? "col" : "row"]);
    const tag = headings === "looks" && /^h[1-6]$/.test(name) ? "div" : name;
    const looks =
      tag === name ? written : [...written.filter(([it]) => it !== "class"), ["class", name] as const];
    output.add(`<${tag}${looks.map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`).join("")}>`);
    endTags.push(EMPTY_ELEMENTS.has(name) ? "" : `</${tag}>`);
    hasContent ||= name === "img" || name === "hr";
  }

  return {
    open(name, attributes) {
      if (ACTIVE_ELEMENTS.has(name) && droppedAt === 0) activeElements.add(name);
      const place = droppedAt > 0 ? "nothing" : placeElement(name, inside);
      if (typeof place === "object") {
        openPlaced(place.name, name, attributes);
        return;
      }
      endTags.push(GONE);
      if (place === "nothing" && droppedAt === 0) droppedAt = endTags.length;
    },
    close() {
      const tag = endTags.pop();
      if (tag === undefined || tag === GONE) {
        if (endTags.length < droppedAt) droppedAt = 0;
        return;
      }
      output.add(tag);
      inside.pop();
      path.pop();
    },
    text(text) {
      if (droppedAt > 0) return;
      hasContent ||= /\S/.test(text);
      output.add(
        fitsInto("span", inside.at(-1)) ? inserts.fill(text, escapeText) : escapeText(withoutMarks(text)),
      );
    },
    end: () => ({ html: output.end(), activeElements, hasContent }),
  };
}

/** Stands for the end tag of an element that is not in the page. */
const GONE = "gone";
