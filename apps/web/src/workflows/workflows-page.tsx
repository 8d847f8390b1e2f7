import type { ListedWorkflow } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Link } from "../routing/link.tsx";
import { goTo } from "../routing/location.ts";
import { workflowHref, workflowRunHref } from "../routing/route.ts";
import { server } from "../server/server.ts";
import { Ago } from "../shell/ago.tsx";
import { Problem } from "../shell/problem.tsx";
import { useTitle } from "../shell/use-title.ts";
import "../styles/workflow.css";
import { DefinitionEditor } from "./definition-editor.tsx";
import { WorkflowStatus } from "./workflow-status.tsx";

/** How often the list is read again, in milliseconds. */
const AGAIN_MS = 5000;

/** What a new workflow begins with. */
const TEMPLATE = `name: nightly
steps:
  - key: extract
    type: notebook
    path: ~/extract.ipynb
  - key: report
    type: notebook
    path: ~/report.ipynb
    depends_on: [extract]
`;

/** Lists the newest workflows, and makes new ones. */
export function WorkflowsPage(): ReactNode {
  useTitle("Workflows");
  const [isMaking, setMaking] = useState(false);
  const { data, error } = useQuery({
    queryKey: ["workflows"],
    queryFn: ({ signal }) => server.listWorkflows({ limit: 200 }, { signal }),
    refetchInterval: AGAIN_MS,
  });
  return (
    <div className="page">
      <header className="page-head">
        <h1>Workflows</h1>
        <div className="actions">
          <button
            type="button"
            className="primary"
            aria-expanded={isMaking}
            onClick={() => setMaking(!isMaking)}
          >
            New workflow …
          </button>
        </div>
      </header>
      {isMaking && (
        <DefinitionEditor
          text={TEMPLATE}
          onApplied={({ workflow }) => workflow !== null && goTo(workflowHref(workflow.id))}
        />
      )}
      {error !== null && <Problem error={error} />}
      {data?.workflows.length === 0 && !isMaking && (
        <p className="empty">
          There is no workflow yet. A workflow runs notebooks one after another: steps, and what each waits
          for.
        </p>
      )}
      {data !== undefined && data.workflows.length > 0 && (
        <table className="list">
          <thead>
            <tr>
              <th scope="col">Workflow</th>
              <th scope="col">Last run</th>
              <th scope="col" className="end">
                Changed
              </th>
            </tr>
          </thead>
          <tbody>
            {data.workflows.map((workflow) => (
              <Row key={workflow.id} workflow={workflow} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Row({
  workflow: { id, name, active_version: version, updated_at: changed, last_run: last },
}: {
  readonly workflow: ListedWorkflow;
}): ReactNode {
  return (
    <tr>
      <td className="name">
        <Link href={workflowHref(id)}>{name}</Link>
        <span className="where">version {version}</span>
      </td>
      <td>
        {last === null ? (
          <span className="quiet">none yet</span>
        ) : (
          <Link className="plain-link" href={workflowRunHref(last.id)}>
            <WorkflowStatus run={last} />
          </Link>
        )}
      </td>
      <td className="end quiet">
        <Ago time={changed} />
      </td>
    </tr>
  );
}
