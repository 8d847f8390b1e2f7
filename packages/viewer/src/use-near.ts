import { type RefObject, useEffect, useState, useSyncExternalStore } from "react";

/** So far beyond the window things are made ready. */
const MARGIN = "1200px 0px";

/**
 * Tells whether an element has ever been near the window, or is to be on paper now; where browsers cannot tell, that
 * it has.
 */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [isNear, setNear] = useState(false);
  // React makes what follows from a store before the browser goes on, and a state only afterwards.
  const isOnPaper = useSyncExternalStore(onPrinting, () => isPrinting);
  useEffect(() => {
    const { current } = element;
    if (current === null || isNear) return;
    return watch(current, () => setNear(true));
  }, [element, isNear]);
  return isNear || isOnPaper;
}

let isPrinting = false;
const listeners = new Set<() => void>();

function onPrinting(listener: () => void): () => void {
  if (listeners.size === 0) {
    addEventListener("beforeprint", printing);
    addEventListener("afterprint", printing);
  }
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function printing({ type }: Event): void {
  isPrinting = type === "beforeprint";
  for (const listener of listeners) listener();
}

const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/** One observer for all cells: a thousand of them would cost more than what they save. */
function watch(element: Element, onNear: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        waiting.get(target)?.();
        forget(target);
      }
    },
    { rootMargin: MARGIN },
  );
  waiting.set(element, onNear);
  observer.observe(element);
  return () => forget(element);
}

function forget(element: Element): void {
  waiting.delete(element);
  observer?.unobserve(element);
}
