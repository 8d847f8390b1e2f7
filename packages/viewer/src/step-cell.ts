import type { FoldedPart } from "./folds.ts";

/** How much of the top of a window something else may cover, in pixels. */
const COVERED = 96;

/** Goes to the cell of a notebook behind or before the one that has the focus or is at the top of the window. */
export function stepCell(step: 1 | -1): void {
  const { cells, focused, top } = findCells();
  const from = focused >= 0 ? focused : step === 1 ? top - 1 : top;
  const next = cells[from + step];
  if (next === undefined) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
}

/** Folds or unfolds the first of some parts that the cell has that has the focus or is at the top of the window. */
export function toggleFold(...parts: readonly FoldedPart[]): void {
  const { cells, focused, top } = findCells();
  const wanted = parts.map((part) => `.fold[data-part="${part}"]`).join();
  cells[focused >= 0 ? focused : top]?.querySelector<HTMLElement>(wanted)?.click();
}

/** The cells that are not folded away, and the places of the one with the focus and of the one at the top; or -1. */
function findCells(): {
  readonly cells: readonly HTMLElement[];
  readonly focused: number;
  readonly top: number;
} {
  const cells = [...document.querySelectorAll<HTMLElement>(".notebook > .cell:not([hidden])")];
  const focused = cells.findIndex((cell) => cell.contains(document.activeElement));
  const top = cells.findIndex((cell) => cell.getBoundingClientRect().bottom > COVERED);
  // What somebody scrolls to is where they are, whatever has the focus.
  return { cells, focused: isInWindow(cells[focused]) ? focused : -1, top };
}

function isInWindow(element: HTMLElement | undefined): boolean {
  if (element === undefined) return false;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > COVERED && top < innerHeight;
}
