import type { Schedule } from "@notemill/api";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { say } from "../shell/toasts.ts";
import { useMayChange } from "../shell/use-session.ts";
import { SourceChanges, useSourceChanges } from "./source-changes.tsx";

/** How the notebook in the workspace differs from what a schedule runs, and what makes the one the other. */
export function Promotion({ schedule: { id, name } }: { readonly schedule: Schedule }): ReactNode {
  const mayChange = useMayChange();
  const queries = useQueryClient();
  const promote = useMutation({
    mutationFn: () => server.promoteSchedule(id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["schedule-diff", id] });
      await queries.invalidateQueries({ queryKey: ["schedule", id] });
      say(`${name} runs the notebook as it is now`);
    },
  });
  const { data } = useSourceChanges(id);
  return (
    <>
      <p>It runs the notebook as it was promoted. What would change with a promotion now:</p>
      <SourceChanges id={id} />
      {mayChange && (
        <div className="actions">
          <button
            type="button"
            className="primary"
            disabled={promote.isPending || data?.is_same !== false}
            onClick={() => promote.mutate()}
          >
            Promote
          </button>
        </div>
      )}
      {promote.isError && <Problem error={promote.error} />}
    </>
  );
}
