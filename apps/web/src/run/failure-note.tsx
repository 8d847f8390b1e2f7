import type { Failure, Run } from "@notemill/api";
import type { ReactNode } from "react";
import { withBase } from "../routing/base-path.ts";
import { runHref } from "../routing/route.ts";
import { ErrorCode } from "../shell/error-code.tsx";

/** Says at the top of a run's page why it did not succeed, and leads to the cell. */
export function FailureNote({
  run: { id },
  failure,
}: {
  readonly run: Pick<Run, "id">;
  readonly failure: Failure;
}): ReactNode {
  const { ename, evalue, message, code, cell_id: cellId } = failure;
  const isShown = ename !== null && ename !== "";
  return (
    <section className="failure" aria-label="Why it did not succeed">
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
      <div className="failure-place">
        <ErrorCode code={code} />
        {cellId !== null && <a href={`${withBase(runHref(id))}#cell-${cellId}`}>Go to the cell</a>}
      </div>
    </section>
  );
}
