import type { RunDetail } from "@notemill/api";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useOutput } from "../run/use-output.ts";
import { readDocument } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";
import "../styles/debug.css";
import { fixesBetween } from "./fix.ts";
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
      <SaveFixPanel run={run} fixes={fixes} />
    </section>
  );
}
