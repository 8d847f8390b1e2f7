import type { ReactNode } from "react";

/** Longer values are folded, in UTF-16 units. */
const LONG = 160;

/** Names with their values as code. */
export function ValueList({
  entries,
}: {
  readonly entries: readonly (readonly [name: string, text: string])[];
}): ReactNode {
  return (
    <dl className="facts-list code-values">
      {entries.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Value text={text} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Value({ text }: { readonly text: string }): ReactNode {
  if (text.length <= LONG) return text;
  return (
    <details>
      <summary>{text.slice(0, LONG / 2)}…</summary>
      {text}
    </details>
  );
}
