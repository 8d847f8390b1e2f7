import type { CellPart } from "@notemill/html-export";

/** Where a cell is among the sections of its notebook. */
export interface CellSection {
  /** Anchors of the cells with the headings that it is below, outermost first. */
  readonly within: readonly string[];
  /** The heading that the cell begins with; empty where it begins with none. */
  readonly heading: string;
  /** How many cells are below that heading, up to the next one that is not lower. */
  readonly count: number;
}

const known = new WeakMap<readonly CellPart[], ReadonlyMap<string, CellSection>>();

/** The sections of a notebook, by the anchors of its cells. The title of the notebook begins none. */
export function sectionsOf(parts: readonly CellPart[]): ReadonlyMap<string, CellSection> {
  const before = known.get(parts);
  if (before !== undefined) return before;
  const sections = new Map<string, { within: readonly string[]; heading: string; count: number }>();
  let open: readonly { readonly anchor: string; readonly level: number }[] = [];
  for (const { anchor, text } of parts) {
    const levels = [...text.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    const level = Math.min(...levels);
    open = open.filter((it) => it.level < level);
    const heading = /^\s*<h([1-6])[^>]*>(.*?)<\/h\1>/s.exec(text)?.[2] ?? "";
    for (const it of open) {
      const section = sections.get(it.anchor);
      if (section !== undefined) section.count += 1;
    }
    sections.set(anchor, { within: open.map((it) => it.anchor), heading: wordsOf(heading), count: 0 });
    if (heading !== "") open = [...open, { anchor, level }];
  }
  known.set(parts, sections);
  return sections;
}

const SIGNS: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

function wordsOf(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&(?:lt|gt|quot|amp);/g, (sign) => SIGNS[sign] ?? sign)
    .replaceAll(/\s+/g, " ")
    .trim();
}

/** Anchors of the cells that must be unfolded before the part of the page with an id is there. */
export function cellsAround(parts: readonly CellPart[], id: string): readonly string[] {
  const part = parts.find(({ anchor, text }) => anchor === id || text.includes(` id="${id}"`));
  return part === undefined ? [] : (sectionsOf(parts).get(part.anchor)?.within ?? []);
}
