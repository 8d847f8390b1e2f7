import type { NotebookRenderer } from "@notemill/html-export";
import {
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { findCells } from "./find-cells.ts";
import { markMatches } from "./mark-matches.ts";

/** Properties of {@link FindBar}. */
export interface FindBarProps {
  readonly renderer: NotebookRenderer;
  /** As the notebook is shown: what is not there is not found. */
  readonly code: "show" | "hide";
  readonly onClose: () => void;
}

/**
 * Finds a text in a notebook that the page shows: in its text, code and outputs, those that are not made yet too,
 * which the browser does not find. Enter goes on, with Shift back, and Escape closes it.
 */
export function FindBar({ renderer, code, onClose }: FindBarProps): ReactNode {
  const [typed, setTyped] = useState("");
  const wanted = useDeferredValue(typed.trim());
  const found = useMemo(() => findCells(renderer.parts, wanted, { code }), [renderer, wanted, code]);
  const [chosen, setChosen] = useState(0);
  const at = Math.min(chosen, found.length - 1);
  const anchor = renderer.parts[found[at] ?? -1]?.anchor;
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    const cell = anchor === undefined ? null : document.getElementById(anchor);
    if (cell === null) return undefined;
    // What its author has hidden is looked for too.
    for (const part of cell.querySelectorAll<HTMLDetailsElement>("details.folded")) part.open = true;
    cell.scrollIntoView({ block: "center" });
    return markMatches(cell, wanted);
  }, [anchor, wanted]);
  const go = (step: number): void => {
    if (found.length > 0) setChosen((at + step + found.length) % found.length);
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
        {wanted !== "" && (found.length === 0 ? "Nowhere" : `Cell ${at + 1} of ${found.length}`)}
      </span>
      <button type="button" disabled={found.length < 2} onClick={() => go(-1)}>
        Previous
      </button>
      <button type="button" disabled={found.length < 2} onClick={() => go(1)}>
        Next
      </button>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </search>
  );
}
