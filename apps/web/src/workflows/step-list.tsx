import type { WorkflowRunDetail, WorkflowStep } from "@notemill/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { runHref } from "../routing/route.ts";
import { RunTime } from "../runs/run-time.tsx";
import { server } from "../server/server.ts";
import { ErrorCode } from "../shell/error-code.tsx";
import { Problem } from "../shell/problem.tsx";
import { shownTime } from "../shell/shown-time.ts";
import { stateWord } from "./workflow-graph.tsx";
import { isWorkflowOver } from "./workflow-status.tsx";

/** The steps of a workflow-run, with the way to their outputs and logs; or one of them, with its tasks. */
export function StepList({
  run,
  chosen,
  onChoose,
}: {
  readonly run: WorkflowRunDetail;
  readonly chosen: string | null;
  readonly onChoose: (step: string) => void;
}): ReactNode {
  const queries = useQueryClient();
  const restart = useMutation({
    mutationFn: (step: string) => server.restartWorkflowRun(run.id, { from: { kind: "step", step } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["workflow-run", run.id] }),
  });
  const mayRestart = isWorkflowOver(run) && !restart.isPending;
  const steps = chosen === null ? run.steps : run.steps.filter(({ key }) => key === chosen);
  return (
    <>
      {restart.isError && <Problem error={restart.error} />}
      <table className="list steps">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Status</th>
            <th scope="col">See</th>
            <th scope="col" className="end">
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <Row
              key={step.key}
              step={step}
              onTasks={chosen === null ? onChoose : null}
              onRestart={mayRestart ? restart.mutate : null}
            />
          ))}
        </tbody>
      </table>
      {steps.length === 1 && steps[0] !== undefined && steps[0].tasks > 1 && (
        <Tasks run={run} step={steps[0].key} />
      )}
    </>
  );
}

function Row({
  step,
  onTasks,
  onRestart,
}: {
  readonly step: WorkflowStep;
  /** Null where its tasks are there. */
  readonly onTasks: ((step: string) => void) | null;
  /** Null where it cannot be. */
  readonly onRestart: ((step: string) => void) | null;
}): ReactNode {
  const { key, status, reason, problem, run_id: runId, tasks } = step;
  const isStarted = step.started_at !== null;
  return (
    <tr>
      <td className="name">
        {key}
        {tasks > 1 && (
          <span className="where">
            {step.tasks_by_status.succeeded ?? 0} of {tasks}
          </span>
        )}
      </td>
      <td>
        <span className="status" data-status={status}>
          {stateWord(step)}
        </span>
        {problem !== null && (
          <div className="where">
            {problem.field === "" ? "" : `${problem.field}: `}
            {problem.message} <ErrorCode code={problem.code} />
          </div>
        )}
        {problem === null && reason !== null && <span className="where">{reason.replaceAll("_", " ")}</span>}
      </td>
      <td>
        <span className="run-links">
          {runId !== null && isStarted && <RunLinks id={runId} of={key} />}
          {tasks > 1 && onTasks !== null && (
            <button
              type="button"
              className="plain"
              aria-label={`Tasks of ${key}`}
              onClick={() => onTasks(key)}
            >
              Tasks
            </button>
          )}
          {onRestart !== null && isStarted && (
            <button
              type="button"
              className="plain"
              aria-label={`Restart from here, ${key}`}
              onClick={() => onRestart(key)}
            >
              Restart from here
            </button>
          )}
        </span>
      </td>
      <td className="end quiet">
        <RunTime run={step} />
      </td>
    </tr>
  );
}

function RunLinks({ id, of }: { readonly id: string; readonly of: string }): ReactNode {
  return (
    <>
      <Link href={runHref(id)} aria-label={`Output of ${of}`}>
        Output
      </Link>
      <Link href={`${runHref(id)}?show=log`} aria-label={`Log of ${of}`}>
        Log
      </Link>
    </>
  );
}

/** How often tasks are read again, in milliseconds. */
const AGAIN_MS = 2000;

/** The tasks of a foreach. */
function Tasks({ run, step }: { readonly run: WorkflowRunDetail; readonly step: string }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["workflow-tasks", run.id, step, run.status, run.sequence],
    queryFn: ({ signal }) => server.listWorkflowTasks(run.id, { step, limit: 200 }, { signal }),
    refetchInterval: isWorkflowOver(run) ? false : AGAIN_MS,
  });
  if (error !== null) return <Problem error={error} />;
  return (
    <table className="list">
      <caption className="unseen">Tasks of {step}</caption>
      <thead>
        <tr>
          <th scope="col">Task</th>
          <th scope="col">Status</th>
          <th scope="col">See</th>
        </tr>
      </thead>
      <tbody>
        {data?.tasks.map(({ task, status, run_id: runId, problem, wait_until: until }) => (
          <tr key={task}>
            <td>{task + 1}</td>
            <td>
              <span className="status" data-status={status}>
                {status}
              </span>
              {problem !== null && <span className="where">{problem.message}</span>}
              {until !== null && <span className="where">until {shownTime(until)}</span>}
            </td>
            <td>
              <span className="run-links">
                {runId !== null && <RunLinks id={runId} of={`task ${task + 1}`} />}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
