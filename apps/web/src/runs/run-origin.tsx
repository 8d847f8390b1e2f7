import type { ListedRun } from "@notemill/api";
import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { runHref, workflowRunHref } from "../routing/route.ts";
import { sweepText } from "./sweep-text.ts";

/** Below the name of a run in a list: what it has started or is a part of, and where its notebook is. */
export function RunOrigin({ run }: { readonly run: ListedRun }): ReactNode {
  return (
    <span className="where">
      <Belonging run={run} />
      {run.path.split("/").slice(0, -1).join("/")}
    </span>
  );
}

function Belonging({ run }: { readonly run: ListedRun }): ReactNode {
  const { children, sweep_id: sweepId, workflow_run_id: workflowRunId } = run;
  if (children !== null) {
    const { extent, trouble } = sweepText(children);
    return (
      <>
        {extent}
        {trouble.map((words) => (
          <span key={words}>
            , <b>{words}</b>
          </span>
        ))}
        {" · "}
      </>
    );
  }
  if (sweepId !== null)
    return (
      <>
        of a <Link href={runHref(sweepId)}>sweep</Link> ·{" "}
      </>
    );
  if (workflowRunId !== null)
    return (
      <>
        of a <Link href={workflowRunHref(workflowRunId)}>workflow</Link> ·{" "}
      </>
    );
  return null;
}
