import type { ReactNode } from "react";
import "../notebook/notebook-styles.ts";
import { goTo, useQueryString } from "../routing/location.ts";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import "../styles/compare.css";
import "../styles/diff.css";
import "../styles/forms.css";
import { Comparison } from "./comparison.tsx";
import { compareHref, readSide, type Side } from "./side.ts";
import { SidePicker } from "./side-picker.tsx";
import { useSide } from "./use-side.ts";

/** Compares two runs, two notebooks, or one with the other. */
export function ComparePage(): ReactNode {
  useTitle("Compare");
  const query = useQueryString();
  const [before, after] = [readSide(query.get("a") ?? ""), readSide(query.get("b") ?? "")];
  const left = useSide(before, "a");
  const right = useSide(after, "b");
  const path = pathOf(before, left.data?.run?.path) ?? pathOf(after, right.data?.run?.path);
  const error = left.error ?? right.error;
  const isReady = before !== null && after !== null;
  return (
    <div className="page compare-page">
      <header className="page-head">
        <h1>Compare</h1>
        {isReady && (
          <div className="actions">
            <button type="button" onClick={() => goTo(compareHref(after, before))}>
              Swap
            </button>
          </div>
        )}
      </header>
      <div className="compare-sides">
        <SidePicker
          title="Before"
          side={before}
          loaded={left.data}
          path={path}
          onChoose={(side) => goTo(compareHref(side, after))}
        />
        <SidePicker
          title="After"
          side={after}
          loaded={right.data}
          path={path}
          onChoose={(side) => goTo(compareHref(before, side))}
        />
      </div>
      {error !== null && <Problem error={error} />}
      {isReady && error === null && (left.data === undefined || right.data === undefined) && (
        <p className="quiet">Loading …</p>
      )}
      {left.data !== undefined && right.data !== undefined && isReady && (
        <Comparison before={left.data} after={right.data} />
      )}
    </div>
  );
}

function pathOf(side: Side | null, ofRun: string | undefined): string | null {
  if (side?.kind === "file") return side.path;
  return ofRun ?? null;
}
