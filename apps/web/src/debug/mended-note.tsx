import type { RunDetail } from "@notemill/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { goTo } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { useOutput } from "../run/use-output.ts";
import { readDocument } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import "../styles/debug.css";
import { type Fix, fixesBetween } from "./fix.ts";
import { SaveFixPanel } from "./save-fix-panel.tsx";

/** Of a run that succeeded with cells that were mended after an earlier one: offers to keep the fix. */
export function MendedNote({
  run,
  earlierId,
}: {
  readonly run: RunDetail;
  readonly earlierId: string;
}): ReactNode {
  const { data: output } = useOutput(run);
  const { data: earlier } = useQuery({
    queryKey: ["output-before", earlierId],
    queryFn: async ({ signal }) => {
      const before = await server.getRun(earlierId, { signal });
      if (before.source_hash === run.source_hash) return null;
      return await readDocument(await server.getNotebook(earlierId, { signal }));
    },
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  if (output === undefined || output === null || earlier === undefined || earlier === null) return null;
  const fixes = fixesBetween(earlier, output);
  if (fixes.length === 0) return null;
  return (
    <section className="debug mended" aria-label="What was mended">
      <p>
        {fixes.length === 1 ? "One cell was" : `${fixes.length} cells were`} mended for this run, and it
        succeeded.
      </p>
      {run.resumes !== null && <CleanTest earlierId={earlierId} fixes={fixes} />}
      <SaveFixPanel run={run} fixes={fixes} />
    </section>
  );
}

/** Of a run that went on in the middle: runs all of it from the start with what was mended, before that is kept. */
function CleanTest({
  earlierId,
  fixes,
}: {
  readonly earlierId: string;
  readonly fixes: readonly Fix[];
}): ReactNode {
  const test = useMutation({
    mutationFn: () =>
      server.rerunRun(earlierId, {
        cells: Object.fromEntries(fixes.map(({ cellId, source }) => [cellId, source])),
      }),
    onSuccess: (next) => goTo(runHref(next.id)),
  });
  return (
    <>
      <p className="quiet">
        It went on with the variables of the run that failed. From the start it may go another way.
      </p>
      <div className="actions">
        <button type="button" disabled={test.isPending || test.isSuccess} onClick={() => test.mutate()}>
          Test it from the start
        </button>
      </div>
      {test.isError && <Problem error={test.error} />}
    </>
  );
}
