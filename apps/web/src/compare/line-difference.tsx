import type { LineEdit } from "@notemill/nbformat";
import { type ReactNode, useMemo, useState } from "react";

/** Lines that are the same and this far from what differs are left out. */
const CONTEXT = 3;

const MARKS: Readonly<Record<LineEdit["kind"], string>> = { same: " ", removed: "-", added: "+" };

/** Two texts as one, with what is gone and what is new; long parts that are the same are folded. */
export function LineDifference({ lines }: { readonly lines: readonly LineEdit[] }): ReactNode {
  const [isAll, setAll] = useState(false);
  const near = useMemo(() => nearChanges(lines), [lines]);
  const left = near.filter((it) => !it).length;
  return (
    <>
      <pre className="diff-lines" tabIndex={0}>
        {lines.map(({ kind, line }, at) =>
          isAll || near[at] === true ? (
            <span key={at} data-mark={MARKS[kind]}>
              {`${MARKS[kind]} ${line}\n`}
            </span>
          ) : near[at - 1] === true ? (
            <span key={at} className="gap">
              {"…\n"}
            </span>
          ) : null,
        )}
      </pre>
      {left > 0 && !isAll && (
        <button type="button" className="plain" onClick={() => setAll(true)}>
          Show {left === 1 ? "the line" : `the ${left} lines`} that {left === 1 ? "is" : "are"} the same
        </button>
      )}
    </>
  );
}

function nearChanges(lines: readonly LineEdit[]): readonly boolean[] {
  const changes = lines.flatMap(({ kind }, at) => (kind === "same" ? [] : [at]));
  let next = 0;
  return lines.map((_line, at) => {
    while ((changes[next] ?? Number.POSITIVE_INFINITY) + CONTEXT < at) next += 1;
    return (changes[next] ?? Number.POSITIVE_INFINITY) - CONTEXT <= at;
  });
}
