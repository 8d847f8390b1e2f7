import type { Failure, Run } from "@notemill/api";
import type { ReactNode } from "react";

/** Says at the top of a run's page why it did not succeed, and leads to the cell. */
export function FailureNote({
  failure,
  status,
}: {
  readonly failure: Failure;
  readonly status: Run["status"];
}): ReactNode {
  const { ename, evalue, message, code, cell_id: cellId } = failure;
  const isShown = ename !== null && ename !== "";
  return (
    <section className="failure" aria-label="Why it did not succeed" data-status={status}>
      <p className="failure-text">
        {isShown ? (
          <>
            <b>{ename}</b>
            {evalue !== null && evalue !== "" && `: ${evalue}`}
          </>
        ) : (
          message
        )}
      </p>
      <p className="failure-place">
        <code>{code}</code>
        {cellId !== null && <a href={`#cell-${cellId}`}>Go to the cell</a>}
      </p>
    </section>
  );
}
