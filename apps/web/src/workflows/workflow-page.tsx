import type { WorkflowDetail } from "@notemill/api";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo, useState } from "react";
import { Link } from "../routing/link.tsx";
import { useQueryString } from "../routing/location.ts";
import { workflowHref, workflowRunHref } from "../routing/route.ts";
import { RunTime } from "../runs/run-time.tsx";
import { sayWarnings } from "../runs/say-warnings.ts";
import { server } from "../server/server.ts";
import { Ago } from "../shell/ago.tsx";
import { Problem } from "../shell/problem.tsx";
import { say } from "../shell/toasts.ts";
import { Trail } from "../shell/trail.tsx";
import { useTitle } from "../shell/use-title.ts";
import "../styles/run.css";
import "../styles/workflow.css";
import { DefinitionEditor } from "./definition-editor.tsx";
import { definitionSteps } from "./definition-steps.ts";
import { StartForm } from "./start-form.tsx";
import { WorkflowBackfills } from "./workflow-backfills.tsx";
import { WorkflowGraph } from "./workflow-graph.tsx";
import { WorkflowStatus } from "./workflow-status.tsx";
import { shortId } from "../shell/short-id.ts";

const VIEWS = [
  ["runs", "Runs"],
  ["definition", "Definition"],
  ["versions", "Versions"],
  ["backfill", "Backfill"],
] as const;

/** Shows a workflow: its steps, its runs, and its definition. */
export function WorkflowPage({ id }: { readonly id: string }): ReactNode {
  const { data: workflow, error } = useQuery({
    queryKey: ["workflow", id],
    queryFn: ({ signal }) => server.getWorkflow(id, { signal }),
  });
  useTitle(workflow?.name ?? "Workflow");
  if (error !== null) {
    return (
      <div className="page">
        <Problem error={error} />
      </div>
    );
  }
  return workflow === undefined ? null : <Loaded workflow={workflow} />;
}

function Loaded({ workflow }: { readonly workflow: WorkflowDetail }): ReactNode {
  const { id, name, version } = workflow;
  const query = useQueryString();
  const view = VIEWS.find(([key]) => key === query.get("show"))?.[0] ?? "runs";
  const [isStarting, setStarting] = useState(false);
  const steps = useMemo(() => definitionSteps(version.definition.text), [version]);
  return (
    <div className="page">
      <header className="page-head">
        <Trail above={[{ text: "Workflows", href: "/workflows" }]} here={name} />
        <h1>{name}</h1>
        <p className="facts">
          <span>version {version.version}</span>
          <span>
            made <Ago time={version.created_at} />
          </span>
          {workflow.deleted_at !== null && <span>deleted</span>}
        </p>
        {workflow.deleted_at === null && (
          <div className="actions">
            <button
              type="button"
              className="primary"
              aria-expanded={isStarting}
              onClick={() => setStarting(!isStarting)}
            >
              Start …
            </button>
          </div>
        )}
      </header>
      {isStarting && <StartForm workflow={workflow} onClose={() => setStarting(false)} />}
      <WorkflowGraph steps={steps} />
      <nav className="views" aria-label="Parts of this workflow">
        {VIEWS.map(([key, title]) => (
          <Link
            key={key}
            href={key === "runs" ? workflowHref(id) : `${workflowHref(id)}?show=${key}`}
            aria-current={key === view ? "true" : undefined}
          >
            {title}
          </Link>
        ))}
      </nav>
      {view === "runs" && <Runs id={id} />}
      {view === "definition" && <Definition workflow={workflow} />}
      {view === "versions" && <Versions workflow={workflow} />}
      {view === "backfill" && <WorkflowBackfills workflow={workflow} />}
    </div>
  );
}

/** How often the runs are read again, in milliseconds. */
const AGAIN_MS = 2000;

function Runs({ id }: { readonly id: string }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["workflow-runs", id],
    queryFn: ({ signal }) => server.listWorkflowRuns({ workflow: id, limit: 100 }, { signal }),
    refetchInterval: AGAIN_MS,
  });
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return null;
  if (data.workflow_runs.length === 0) {
    return <p className="empty">It has not run yet. Press Start, or put it on a schedule.</p>;
  }
  return (
    <table className="list">
      <thead>
        <tr>
          <th scope="col">Run</th>
          <th scope="col">Status</th>
          <th scope="col" className="end">
            Took
          </th>
          <th scope="col" className="end">
            Asked for
          </th>
        </tr>
      </thead>
      <tbody>
        {data.workflow_runs.map((run) => (
          <tr key={run.id}>
            <td className="name">
              <Link href={workflowRunHref(run.id)}>{shortId(run.id)}</Link>
              <span className="where">version {run.version}</span>
            </td>
            <td>
              <WorkflowStatus run={run} />
            </td>
            <td className="end quiet">
              <RunTime run={run} />
            </td>
            <td className="end quiet">
              <Ago time={run.created_at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Definition({ workflow: { id, name, version } }: { readonly workflow: WorkflowDetail }): ReactNode {
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["definition", id, version.version],
    queryFn: ({ signal }) => server.exportWorkflow(id, { version: version.version }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return null;
  return (
    <DefinitionEditor
      key={version.version}
      text={data}
      name={name}
      onApplied={(applied) => {
        void queries.invalidateQueries({ queryKey: ["workflow", id] });
        say(`Version ${applied.version} of ${name} is active`);
        sayWarnings(applied.warnings);
      }}
    />
  );
}

function Versions({ workflow }: { readonly workflow: WorkflowDetail }): ReactNode {
  const { id, name, active_version: active } = workflow;
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: ["workflow-versions", id, workflow.newest_version],
    queryFn: ({ signal }) => server.listWorkflowVersions(id, { limit: 100 }, { signal }),
  });
  const activate = useMutation({
    mutationFn: (version: number) => server.activateWorkflow(id, version),
    onSuccess: async (_done, version) => {
      await queries.invalidateQueries({ queryKey: ["workflow", id] });
      say(`Version ${version} of ${name} is active`);
    },
  });
  if (error !== null) return <Problem error={error} />;
  return (
    <>
      {activate.isError && <Problem error={activate.error} />}
      <table className="list">
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Made</th>
            <th scope="col">
              <span className="unseen">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data?.versions.map(({ version, created_by: by, created_at: at }) => (
            <tr key={version}>
              <td>{version}</td>
              <td>
                <Ago time={at} /> <span className="quiet">by {by}</span>
              </td>
              <td className="end">
                {version === active ? (
                  <span className="quiet">active</span>
                ) : (
                  <button
                    type="button"
                    disabled={activate.isPending}
                    onClick={() => activate.mutate(version)}
                    aria-label={`Activate version ${version}`}
                  >
                    Activate
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
