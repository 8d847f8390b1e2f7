import { wantedPattern } from "./find-cells.ts";

const NAME = "notemill-find";
const CURRENT = "notemill-find-current";

/** How much of the top of a window something else may cover, in pixels. */
const COVERED = 140;

/** What the page says of a cell, which is not in the notebook. */
const OWN_WORDS = ".prompt, .label, .fold, .copy";

/** Places that are marked: more are not seen at once. */
const MOST = 2000;

/**
 * Marks a text wherever it is within an element, as what is in it comes and goes, and one of the places as the one where
 * the reader is, which is scrolled to.
 *
 * @param nth - Which one that is, from 0; the last one where there are fewer.
 * @returns What ends that.
 */
export function markMatches(element: Element, wanted: string, nth: number): () => void {
  // Browsers that cannot mark still go to the cell.
  if (!("highlights" in CSS)) return () => undefined;
  let isOver = false;
  let isShown = false;
  const mark = (): void => {
    if (isOver) return;
    const ranges = rangesOf(element, wanted);
    const current = ranges[Math.min(nth, ranges.length - 1)];
    CSS.highlights.set(NAME, new Highlight(...ranges));
    const highlight = new Highlight(...(current === undefined ? [] : [current]));
    highlight.priority = 1;
    CSS.highlights.set(CURRENT, highlight);
    // Outputs may come later, and with them the place that is wanted.
    if (current !== undefined && !isShown) scrollToRange(current);
    isShown ||= ranges.length > nth;
  };
  // The cell has been scrolled to by then.
  queueMicrotask(mark);
  const observer = new MutationObserver(mark);
  observer.observe(element, { childList: true, subtree: true, characterData: true });
  return () => {
    isOver = true;
    observer.disconnect();
    CSS.highlights.delete(NAME);
    CSS.highlights.delete(CURRENT);
  };
}

/** Scrolls what a range is in, and the page, so that it is in the middle where it was out of sight. */
function scrollToRange(range: Range): void {
  for (let box = range.startContainer.parentElement; box !== null; box = box.parentElement) {
    const isPage = box === document.scrollingElement;
    if (!isPage && !/auto|scroll/.test(getComputedStyle(box).overflow)) continue;
    const { top, bottom, left, right } = range.getBoundingClientRect();
    const frame = isPage
      ? { top: COVERED, bottom: innerHeight, left: 0, right: innerWidth }
      : box.getBoundingClientRect();
    if (top < frame.top || bottom > frame.bottom)
      box.scrollTop += (top + bottom - frame.top - frame.bottom) / 2;
    if (left < frame.left || right > frame.right)
      box.scrollLeft += (left + right - frame.left - frame.right) / 2;
  }
}

/** Where a text is within an element. It may go over several nodes, as highlighted code does. */
function rangesOf(element: Element, wanted: string): readonly Range[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_ALL, (node) => {
    if (node instanceof Element)
      return node.matches(OWN_WORDS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    return node instanceof Text ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
  });
  const nodes: { readonly node: Node; readonly start: number }[] = [];
  let text = "";
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    nodes.push({ node, start: text.length });
    text += node.nodeValue ?? "";
  }
  const ranges: Range[] = [];
  let at = 0;
  const place = (offset: number): readonly [Node, number] | null => {
    while (at + 1 < nodes.length && (nodes[at + 1]?.start ?? 0) <= offset) at += 1;
    const found = nodes[at];
    return found === undefined ? null : [found.node, offset - found.start];
  };
  for (const { index, 0: match } of text.matchAll(wantedPattern(wanted))) {
    const first = place(index);
    const last = place(index + match.length - 1);
    if (first === null || last === null || ranges.length === MOST) break;
    const range = document.createRange();
    range.setStart(...first);
    range.setEnd(last[0], last[1] + 1);
    ranges.push(range);
  }
  return ranges;
}
