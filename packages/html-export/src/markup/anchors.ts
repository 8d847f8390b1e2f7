import { slugOf } from "./slug.ts";

/**
 * The ids that headings and anchors of a notebook have in its page.
 *
 * All begin with `s-`, so that none can take the place of an id or a global
 * name of the page; none is given twice.
 */
export interface Anchors {
  /** Gives an anchor its id; `undefined` when it is taken, or nothing is left of the name. */
  claim(name: string): string | undefined;
  /** Gives a heading an id that is free, with a number behind it when it must be. */
  claimHeading(text: string): string;
}

/** Makes the {@link Anchors} of one page. */
export function createAnchors(): Anchors {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  const claim = (id: string): boolean => {
    if (taken.has(id)) return false;
    taken.add(id);
    return true;
  };
  return {
    claim(name) {
      const id = anchorId(name);
      return id !== undefined && claim(id) ? id : undefined;
    },
    claimHeading(text) {
      const base = anchorId(text) ?? "s-section";
      let id = base;
      while (!claim(id)) {
        const count = (counts.get(base) ?? 0) + 1;
        counts.set(base, count);
        id = `${base}-${count}`;
      }
      return id;
    },
  };
}

/**
 * Gives the id that a fragment of a link means in the page.
 *
 * Jupyter's `#My-heading` and GitHub's `#my-heading` lead to the same place.
 */
export function anchorId(name: string): string | undefined {
  const slug = slugOf(name);
  return slug === "" ? undefined : `s-${slug}`;
}
