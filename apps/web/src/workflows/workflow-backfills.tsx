import type { WorkflowDetail } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { Backfills } from "../schedules/backfills.tsx";
import { hasInstants } from "../schedules/spec-draft.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";

/** Starts a workflow for a range of the slots of its schedules; what that would be is shown before. */
export function WorkflowBackfills({ workflow: { id } }: { readonly workflow: WorkflowDetail }): ReactNode {
  const { data, error } = useQuery({
    queryKey: ["schedules", "all"],
    queryFn: ({ signal }) => server.listSchedules({ limit: 200 }, { signal }),
  });
  if (error !== null) return <Problem error={error} />;
  if (data === undefined) return null;
  const schedules = data.schedules.filter(
    ({ workflow, spec }) => workflow?.id === id && hasInstants(spec.kind),
  );
  if (schedules.length === 0) {
    return (
      <p className="empty">
        A backfill starts the workflow for slots of the past, and slots are those of a schedule.{" "}
        <Link href={`/schedules?workflow=${id}`}>No schedule</Link> starts this workflow.
      </p>
    );
  }
  return <Backfills schedules={schedules} />;
}
