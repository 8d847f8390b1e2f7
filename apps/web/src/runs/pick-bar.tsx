import { type ReactNode, useCallback, useEffect, useRef } from "react";
import { Link } from "../routing/link.tsx";
import { shortId } from "../shell/short-id.ts";
import { boxId } from "./pick-box.tsx";
import { comparisonHref, isFull, type PickedRun } from "./picks.ts";

/** Over the lower end of the window while runs are picked: which ones, and the way to their comparison. Escape clears. */
export function PickBar({
  picked,
  onClear,
}: {
  readonly picked: readonly PickedRun[];
  readonly onClear: () => void;
}): ReactNode {
  const bar = useRef<HTMLElement>(null);
  const clear = useCallback((): void => {
    const last = picked.at(-1);
    // What has the focus is about to go.
    if (last !== undefined && bar.current?.contains(document.activeElement) === true)
      document.getElementById(boxId(last))?.focus();
    onClear();
  }, [picked, onClear]);
  useEscape(clear);
  return (
    <>
      <p className="unseen" role="status">
        {picked.length > 0 && `${picked.length} picked`}
      </p>
      {picked.length > 0 && (
        <section ref={bar} className="pick-bar" aria-label="Picked runs">
          <b>{picked.length} picked</b>
          <span className="wide-only quiet">
            {picked.map((it) => `${it.path.split("/").at(-1)} ${shortId(it.id)}`).join(", ")}
          </span>
          {isFull(picked) ? (
            <Link className="button" href={comparisonHref(picked)} aria-keyshortcuts="Enter">
              Compare
            </Link>
          ) : (
            <span className="quiet">Pick another to compare</span>
          )}
          <button type="button" className="plain" onClick={clear} aria-keyshortcuts="Escape">
            Clear
          </button>
        </section>
      )}
    </>
  );
}

/** Calls back on Escape, unless that is for something else: a field, or a sheet in front of the page. */
function useEscape(onEscape: () => void): void {
  useEffect(() => {
    const listen = ({ key, target, defaultPrevented }: KeyboardEvent): void => {
      if (key !== "Escape" || defaultPrevented || !(target instanceof Element)) return;
      if (target.matches('input:not([type="checkbox"]), select') || target.closest("dialog") !== null) return;
      onEscape();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [onEscape]);
}
