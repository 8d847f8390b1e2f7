import type { Heading } from "@notemill/html-export";
import type { ReactNode } from "react";
import { useCurrentHeading } from "./use-current-heading.ts";

/** Properties of {@link ContentsList}. */
export interface ContentsListProps {
  readonly headings: readonly Heading[];
}

/** A table of contents: links to the headings of a notebook, with a mark where somebody reads. */
export function ContentsList({ headings }: ContentsListProps): ReactNode {
  const current = useCurrentHeading(headings);
  const top = Math.min(...headings.map(({ level }) => level));
  return (
    <ol className="contents-list">
      {headings.map(({ level, id, text }) => (
        <li key={id} data-level={Math.min(3, level - top + 1)}>
          <a href={`#${id}`} aria-current={id === current ? "location" : undefined}>
            {text}
          </a>
        </li>
      ))}
    </ol>
  );
}
