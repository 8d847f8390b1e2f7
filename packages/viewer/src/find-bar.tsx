import type { CellPart, NotebookRenderer } from "@notemill/html-export";
import {
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { FoldPlace, Folds } from "./folds.ts";
import { cellOfMatch, findCells } from "./find-cells.ts";
import { markMatches } from "./mark-matches.ts";
import { cellsAround } from "./sections.ts";

/** Properties of {@link FindBar}. */
export interface FindBarProps {
  readonly renderer: NotebookRenderer;
  /** Those of the view: what is found is unfolded. */
  readonly folds: Folds;
  /** As the notebook is shown: what is not there is not found. */
  readonly code: "show" | "hide";
  readonly onClose: () => void;
}

/**
 * Finds a text in a notebook that the page shows: in its text, code and outputs, those that are not made yet too,
 * which the browser does not find. Enter goes on, with Shift back, and Escape closes it.
 */
export function FindBar({ renderer, folds, code, onClose }: FindBarProps): ReactNode {
  const [typed, setTyped] = useState("");
  const wanted = useDeferredValue(typed.trim());
  const found = useMemo(() => findCells(renderer.parts, wanted, { code }), [renderer, wanted, code]);
  const [chosen, setChosen] = useState(0);
  const total = found.reduce((sum, { count }) => sum + count, 0);
  const at = Math.min(chosen, total - 1);
  const { place: cellPlace = -1, nth = 0 } = cellOfMatch(found, at) ?? {};
  const anchor = renderer.parts[cellPlace]?.anchor;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    const cell = anchor === undefined ? null : document.getElementById(anchor);
    if (cell === null) return undefined;
    // What is folded is looked for too, by whomever.
    for (const place of placesOf(renderer.parts, cell.id)) {
      if (folds.isFolded(place, true)) folds.set(place, false);
    }
    // React has made it by then.
    queueMicrotask(() => cell.scrollIntoView({ block: "center" }));
    return markMatches(cell, wanted, nth);
  }, [renderer, folds, anchor, wanted, nth]);
  const go = (step: number): void => {
    if (total > 0) setChosen((at + step + total) % total);
  };
  const steer = (event: KeyboardEvent): void => {
    if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
  };
  return (
    <search className="find-bar">
      <input
        ref={field}
        type="search"
        aria-label="Find in this notebook"
        placeholder="Find in text, code and outputs"
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => {
          setTyped(target.value);
          setChosen(0);
        }}
        onKeyDown={steer}
      />
      <span className="found" aria-live="polite">
        {wanted !== "" && (total === 0 ? "Nowhere" : `${at + 1} of ${total}`)}
      </span>
      <button type="button" disabled={total < 2} onClick={() => go(-1)}>
        Previous
      </button>
      <button type="button" disabled={total < 2} onClick={() => go(1)}>
        Next
      </button>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </search>
  );
}

/** What has to be unfolded for a cell to be seen. */
function placesOf(parts: readonly CellPart[], anchor: string): readonly FoldPlace[] {
  const around = cellsAround(parts, anchor).map((it) => ({ anchor: it, part: "section" }) as const);
  const own = (["source", "text", "outputs"] as const).map((part) => ({ anchor, part }));
  return [...around, ...own];
}
