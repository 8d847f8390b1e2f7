/** What can be folded: code, a cell of text, outputs, and all that is below a heading. */
export type FoldedPart = "source" | "text" | "outputs" | "section";

/** A part of a cell, which its anchor names. */
export interface FoldPlace {
  readonly anchor: string;
  readonly part: FoldedPart;
}

/** What a reader of a notebook has folded and unfolded. Those who show a cell listen to it, each for its own. */
export interface Folds {
  /** @param isFirst - Whether it is folded as long as nobody has said anything. */
  isFolded(place: FoldPlace, isFirst: boolean): boolean;
  set(place: FoldPlace, isFolded: boolean): void;
  /** Folds or unfolds every such part, those of cells too that were folded or unfolded one by one. */
  setAll(part: FoldedPart, isFolded: boolean): void;
  /** @returns What ends it. */
  subscribe(listener: () => void): () => void;
}

/** Makes the {@link Folds} of a page, in which nothing is said yet. */
export function createFolds(): Folds {
  const all = new Map<FoldedPart, boolean>();
  const own: Readonly<Record<FoldedPart, Map<string, boolean>>> = {
    source: new Map(),
    text: new Map(),
    outputs: new Map(),
    section: new Map(),
  };
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    isFolded: ({ anchor, part }, isFirst) => own[part].get(anchor) ?? all.get(part) ?? isFirst,
    set({ anchor, part }, isFolded) {
      own[part].set(anchor, isFolded);
      tell();
    },
    setAll(part, isFolded) {
      own[part].clear();
      all.set(part, isFolded);
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
