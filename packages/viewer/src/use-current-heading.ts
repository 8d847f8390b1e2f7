import type { Heading } from "@notemill/html-export";
import { useEffect, useState } from "react";

/** Where somebody reads, from the top of the window, in pixels. */
const LINE = 160;

/** The heading below which somebody reads now; null above the first one. */
export function useCurrentHeading(headings: readonly Heading[]): string | null {
  const [current, setCurrent] = useState<string | null>(null);
  useEffect(() => {
    let asked = 0;
    const look = (): void => {
      asked = 0;
      setCurrent(headingAt(headings));
    };
    const listen = (): void => {
      asked ||= requestAnimationFrame(look);
    };
    listen();
    addEventListener("scroll", listen, { passive: true });
    addEventListener("resize", listen);
    return () => {
      cancelAnimationFrame(asked);
      removeEventListener("scroll", listen);
      removeEventListener("resize", listen);
    };
  }, [headings]);
  return current;
}

function headingAt(headings: readonly Heading[]): string | null {
  const passed = headings
    .flatMap(({ id }) => {
      const element = document.getElementById(id);
      return element === null ? [] : [{ id, element, cell: element.closest(".cell") ?? element }];
    })
    // What is folded away has no place.
    .filter(({ cell }) => !cell.hasAttribute("hidden") && isPassed(cell));
  // To ask where a heading is would lay out all of its cell, which is done for one only.
  const cell = passed.at(-1)?.cell;
  return passed.findLast((it) => it.cell !== cell || isPassed(it.element))?.id ?? null;
}

function isPassed(element: Element): boolean {
  return element.getBoundingClientRect().top < LINE;
}
