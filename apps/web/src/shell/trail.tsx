import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";

/** A step of a way. */
export interface Step {
  readonly text: string;
  readonly href: string;
}

/** The way to what the page shows: a link for each step above it. */
export function Trail({
  above,
  here,
}: {
  readonly above: readonly Step[];
  readonly here: string;
}): ReactNode {
  return (
    <nav className="breadcrumbs" aria-label="Path">
      <ol>
        {above.map(({ text, href }) => (
          <li key={href}>
            <Link href={href}>{text}</Link>
          </li>
        ))}
        <li>
          <span aria-current="page">{here}</span>
        </li>
      </ol>
    </nav>
  );
}
