import type { ReactNode } from "react";

/** Says that what is shown may be old, while the server is asked again. */
export function AwayNote(): ReactNode {
  return (
    <p className="quiet away-note" role="status">
      The server cannot be reached. It is asked again until it is back.
    </p>
  );
}
