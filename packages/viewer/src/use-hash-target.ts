import type { CellPart } from "@notemill/html-export";
import { useEffect } from "react";
import type { Folds } from "./folds.ts";
import { cellsAround } from "./sections.ts";

/**
 * Goes to the part of the page that the address names, and unfolds what it is in: the browser looked for it before it
 * was there.
 */
export function useHashTarget(parts: readonly CellPart[], folds: Folds): void {
  useEffect(() => {
    const id = wanted();
    if (id !== "") document.getElementById(id)?.scrollIntoView();
  }, [parts]);
  useEffect(() => {
    const unfold = (): void => {
      const around = cellsAround(parts, wanted());
      const folded = around.filter((anchor) => folds.isFolded({ anchor, part: "section" }, false));
      if (folded.length === 0) return;
      for (const anchor of folded) folds.set({ anchor, part: "section" }, false);
      // React has made it by then.
      queueMicrotask(() => document.getElementById(wanted())?.scrollIntoView());
    };
    // A press on a link to where the address leads already changes nothing in the address.
    const press = ({ target }: Event): void => {
      const link = target instanceof Element ? target.closest("a") : null;
      if (link !== null && link.hash !== "" && link.href === location.href) unfold();
    };
    addEventListener("hashchange", unfold);
    addEventListener("click", press);
    return () => {
      removeEventListener("hashchange", unfold);
      removeEventListener("click", press);
    };
  }, [parts, folds]);
}

function wanted(): string {
  return decodeURIComponent(location.hash.slice(1));
}
