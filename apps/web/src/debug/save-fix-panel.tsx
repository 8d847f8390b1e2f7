import type { RunDetail } from "@notemill/api";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "../routing/link.tsx";
import { viewHref } from "../routing/route.ts";
import { Problem } from "../shell/problem.tsx";
import type { Fix } from "./fix.ts";
import { saveFixes } from "./save-fix.ts";
import { ScheduleSteps } from "./schedule-steps.tsx";

/** Saves what was mended in the notebook of a run, and leads on to its schedule. */
export function SaveFixPanel({
  run,
  fixes,
}: {
  readonly run: RunDetail;
  readonly fixes: readonly Fix[];
}): ReactNode {
  const save = useMutation({
    mutationFn: (mode: "careful" | "replace") => saveFixes(run.path, fixes, mode),
  });
  const { path, schedule } = run;
  if (!path.endsWith(".ipynb")) return null;
  const { data } = save;
  if (data?.kind === "saved" || data?.kind === "same") {
    return (
      <div className="fix-steps" aria-live="polite">
        <p>
          The fix is in <Link href={viewHref(path)}>{path.split("/").at(-1)}</Link>.
        </p>
        {schedule !== null && <ScheduleSteps schedule={schedule} />}
      </div>
    );
  }
  const isGone = data?.cells.some(({ current }) => current === null) === true;
  return (
    <div className="fix-steps" aria-live="polite">
      {data === undefined && (
        <button
          type="button"
          disabled={fixes.length === 0 || save.isPending}
          onClick={() => save.mutate("careful")}
        >
          Save the fix in the notebook
        </button>
      )}
      {isGone && (
        <p>
          The cell is no longer in <Link href={viewHref(path)}>the notebook</Link>. Make a draft, and take it
          over from there.
        </p>
      )}
      {data !== undefined && !isGone && (
        <>
          <p>Somebody has changed this in the notebook since. It reads now:</p>
          {data.cells.map(({ fix, current }) => (
            <pre className="console-code" key={fix.cellId}>
              {current}
            </pre>
          ))}
          <div className="actions">
            <button type="button" disabled={save.isPending} onClick={() => save.mutate("replace")}>
              Replace it with the fix
            </button>
            <button type="button" onClick={() => save.reset()}>
              Leave it
            </button>
          </div>
        </>
      )}
      {save.isError && <Problem error={save.error} />}
    </div>
  );
}
