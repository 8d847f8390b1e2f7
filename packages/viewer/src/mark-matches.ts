import { wantedPattern } from "./find-cells.ts";

const NAME = "notemill-find";

/** Places that are marked: more are not seen at once. */
const MOST = 2000;

/**
 * Marks a text wherever it is within an element, as what is in it comes and goes.
 *
 * @returns What ends that.
 */
export function markMatches(element: Element, wanted: string): () => void {
  // Browsers that cannot mark still go to the cell.
  if (!("highlights" in CSS)) return () => undefined;
  const mark = (): void => void CSS.highlights.set(NAME, new Highlight(...rangesOf(element, wanted)));
  mark();
  const observer = new MutationObserver(mark);
  observer.observe(element, { childList: true, subtree: true, characterData: true });
  return () => {
    observer.disconnect();
    CSS.highlights.delete(NAME);
  };
}

/** Where a text is within an element. It may go over several nodes, as highlighted code does. */
function rangesOf(element: Element, wanted: string): readonly Range[] {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
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
