/** How much of the top of a window something else may cover, in pixels. */
const COVERED = 96;

/** Goes to the cell of a notebook behind or before the one that has the focus or is at the top of the window. */
export function stepCell(step: 1 | -1): void {
  const cells = [...document.querySelectorAll<HTMLElement>(".notebook > .cell")];
  const focused = cells.findIndex((cell) => cell.contains(document.activeElement));
  const top = cells.findIndex((cell) => cell.getBoundingClientRect().bottom > COVERED);
  // What somebody scrolls to is where they are, whatever has the focus.
  const isSeen = focused >= 0 && isInWindow(cells[focused]);
  const from = isSeen ? focused : step === 1 ? top - 1 : top;
  const next = cells[from + step];
  if (next === undefined) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
}

function isInWindow(element: HTMLElement | undefined): boolean {
  if (element === undefined) return false;
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > COVERED && top < innerHeight;
}
