import type { WorkflowRunDetail } from "@notemill/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { goTo } from "../routing/location.ts";
import { workflowHref, workflowRunHref } from "../routing/route.ts";
import { parameterEntries } from "../runs/parameters-summary.tsx";
import { RunTime } from "../runs/run-time.tsx";
import { randomKey } from "../server/random-key.ts";
import { server } from "../server/server.ts";
import { Ago } from "../shell/ago.tsx";
import { Problem } from "../shell/problem.tsx";
import { Trail } from "../shell/trail.tsx";
import { useTitle } from "../shell/use-title.ts";
import "../styles/run.css";
import "../styles/workflow.css";
import { definitionSteps } from "./definition-steps.ts";
import { StepList } from "./step-list.tsx";
import { WorkflowGraph } from "./workflow-graph.tsx";
import { isWorkflowOver, WorkflowStatus } from "./workflow-status.tsx";
import { shortId } from "../shell/short-id.ts";

/** How long to wait before asking a server again that has gone away, in milliseconds. */
const RETRY_MS = 1000;

/** Shows a workflow-run: where its steps are, as they go, and what can be done with it. */
export function WorkflowRunPage({ id }: { readonly id: string }): ReactNode {
  const { data: run, error } = useQuery({
    queryKey: ["workflow-run", id],
    queryFn: ({ signal }) => server.getWorkflowRun(id, { signal }),
  });
  useTitle(run?.workflow_name ?? "Workflow-run");
  if (error !== null) {
    return (
      <div className="page">
        <Problem error={error} />
      </div>
    );
  }
  return run === undefined ? null : <Loaded run={run} />;
}

function Loaded({ run }: { readonly run: WorkflowRunDetail }): ReactNode {
  const { id, workflow_id: workflowId, version } = run;
  const isOver = isWorkflowOver(run);
  useFollowed(id, run.sequence, { isFollowed: !isOver });
  const [chosen, setChosen] = useState<string | null>(null);
  const { data: definition } = useQuery({
    queryKey: ["workflow-version", workflowId, version],
    queryFn: ({ signal }) => server.getWorkflowVersion(workflowId, version, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const steps = useMemo(
    () => (definition === undefined ? [] : definitionSteps(definition.definition.text)),
    [definition],
  );
  const states = useMemo(() => new Map(run.steps.map((step) => [step.key, step])), [run.steps]);
  const parameters = parameterEntries(run.parameters);
  return (
    <div className="page">
      <header className="page-head">
        <Trail
          above={[
            { text: "Workflows", href: "/workflows" },
            { text: run.workflow_name, href: workflowHref(workflowId) },
          ]}
          here={shortId(id)}
        />
        <h1>{run.workflow_name}</h1>
        <p className="facts" aria-live="polite">
          <WorkflowStatus run={run} />
          <RunTime run={run} />
          <span>version {version}</span>
          {run.sequence > 1 && <span>{run.sequence}. time</span>}
          <span>
            asked for <Ago time={run.created_at} />
          </span>
        </p>
        {parameters.length > 0 && (
          <p className="parameters-line">
            {parameters.map(([name, text]) => (
              <span key={name}>
                {name}=<b>{text}</b>
              </span>
            ))}
          </p>
        )}
        <Actions run={run} chosen={chosen} />
      </header>
      <WorkflowGraph
        steps={steps}
        states={states}
        chosen={chosen}
        onChoose={(key) => setChosen(chosen === key ? null : key)}
      />
      <StepList run={run} chosen={chosen} onChoose={setChosen} />
    </div>
  );
}

/** What can be done with a workflow-run. */
function Actions({
  run,
  chosen,
}: {
  readonly run: WorkflowRunDetail;
  readonly chosen: string | null;
}): ReactNode {
  const queries = useQueryClient();
  const { id, workflow_id: workflowId, paused } = run;
  const [key] = useState(randomKey);
  const change = useMutation({
    mutationFn: async (ask: () => Promise<unknown>) => ask(),
    onSettled: () => queries.invalidateQueries({ queryKey: ["workflow-run", id] }),
  });
  const again = useMutation({
    mutationFn: () =>
      server.startWorkflow(workflowId, { parameters: run.parameters }, { idempotencyKey: key }),
    onSuccess: (next) => goTo(workflowRunHref(next.id)),
  });
  const isBad = run.status !== "succeeded";
  const button = (title: string, ask: () => Promise<unknown>, className?: string): ReactNode => (
    <button
      type="button"
      className={className}
      disabled={change.isPending}
      onClick={() => change.mutate(ask)}
    >
      {title}
    </button>
  );
  return (
    <>
      <div className="actions">
        {isWorkflowOver(run) ? (
          <>
            {isBad &&
              button(
                "Restart what did not succeed",
                () => server.restartWorkflowRun(id, { from: { kind: "unsuccessful" } }),
                "primary",
              )}
            {chosen !== null &&
              button(`Restart from ${chosen}`, () =>
                server.restartWorkflowRun(id, { from: { kind: "step", step: chosen } }),
              )}
            {button("Restart all of it", () =>
              server.restartWorkflowRun(id, { from: { kind: "beginning" } }),
            )}
            <button type="button" disabled={again.isPending} onClick={() => again.mutate()}>
              Start a new one
            </button>
          </>
        ) : (
          <>
            {paused === null
              ? button("Pause", () => server.pauseWorkflowRun(id))
              : button("Resume", () => server.resumeWorkflowRun(id), "primary")}
            {run.cancel_requested_at === null ? (
              button("Cancel", () => server.cancelWorkflowRun(id))
            ) : (
              <button type="button" disabled>
                Cancelling …
              </button>
            )}
          </>
        )}
      </div>
      {change.isError && <Problem error={change.error} />}
      {again.isError && <Problem error={again.error} />}
    </>
  );
}

/** Reads a workflow-run again whenever something has happened in it. */
function useFollowed(id: string, sequence: number, { isFollowed }: { readonly isFollowed: boolean }): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (!isFollowed) return undefined;
    const gone = new AbortController();
    const follow = async (): Promise<void> => {
      const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: ["workflow-run", id] });
      const options = { signal: gone.signal, retries: Number.POSITIVE_INFINITY, retryMs: RETRY_MS };
      for await (const _event of server.followWorkflowRun(id, options)) await refresh();
      await refresh();
    };
    follow().catch((error: unknown) => {
      // The page says what is wrong with the workflow-run itself.
      if (!gone.signal.aborted) console.error(error);
    });
    return () => gone.abort();
  }, [id, sequence, isFollowed, queries]);
}
