import type { Failure, RunDetail } from "@notemill/api";
import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { withBase } from "../routing/base-path.ts";
import { runHref } from "../routing/route.ts";
import { StatusBadge } from "../runs/status-badge.tsx";
import { ErrorCode } from "../shell/error-code.tsx";
import { shortId } from "../shell/short-id.ts";

/** Says at the top of a run's page why it did not succeed, and leads to the cell. */
export function FailureNote({
  run: { id, repeated_by: next },
  failure,
}: {
  readonly run: Pick<RunDetail, "id" | "repeated_by">;
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
        {next !== null && (
          <span>
            Run again: <Link href={runHref(next.id)}>{shortId(next.id)}</Link>{" "}
            <StatusBadge status={next.status} />
          </span>
        )}
        {cellId !== null && <a href={`${withBase(runHref(id))}#cell-${cellId}`}>Go to the cell</a>}
      </div>
    </section>
  );
}
