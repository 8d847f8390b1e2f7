import type { ReactNode } from "react";

/** A name, and what holds for it; null where nothing does, which is not shown. */
export type Fact = readonly [name: string, value: string | null];

/** What is known of a thing, name by name. */
export function Facts({
  facts,
  isCode = false,
}: {
  readonly facts: readonly Fact[];
  /** Whether names and values are those of a program. Default: no. */
  readonly isCode?: boolean;
}): ReactNode {
  return (
    <dl className={isCode ? "facts-list code-values" : "facts-list"}>
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
