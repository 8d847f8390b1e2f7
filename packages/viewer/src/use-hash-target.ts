import { useEffect } from "react";

/**
 * Goes to the part of the page that the address names: the browser looked for it before it was there.
 *
 * @param shown - What is shown; once for each.
 */
export function useHashTarget(shown: unknown): void {
  useEffect(() => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (id !== "") document.getElementById(id)?.scrollIntoView();
  }, [shown]);
}
