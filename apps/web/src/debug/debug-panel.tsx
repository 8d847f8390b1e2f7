import type { RunDetail } from "@notemill/api";
import type { CodeCell, Notebook } from "@notemill/nbformat";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { goTo } from "../routing/location.ts";
import { runHref, viewHref } from "../routing/route.ts";
import { useOutput } from "../run/use-output.ts";
import { goToStarted } from "../runs/go-to-started.ts";
import { server } from "../server/server.ts";
import { Problem } from "../shell/problem.tsx";
import { say } from "../shell/toasts.ts";
import "../styles/debug.css";
import { CodeInput } from "./code-input.tsx";
import type { Fix } from "./fix.ts";
import { KernelConsole } from "./kernel-console.tsx";
import { KernelTime, useIsKept } from "./kernel-time.tsx";
import { saveDraft } from "./save-fix.ts";
import { SaveFixPanel } from "./save-fix-panel.tsx";
import { useConsole } from "./use-console.ts";

/** How long a kernel is kept that is kept because somebody asks for it here, in milliseconds. */
const KEEP_MS = 3_600_000;

/** The cell that ended a run, to be mended and tried, with a console in the kernel that was kept. */
export function DebugPanel({ run, cellId }: { readonly run: RunDetail; readonly cellId: string }): ReactNode {
  const { data: output } = useOutput(run);
  const cell = output?.cells.find((it) => it.id === cellId);
  if (output === undefined || output === null || cell?.cell_type !== "code") return null;
  return <Loaded run={run} output={output} cell={cell} />;
}

function Loaded({
  run,
  output,
  cell,
}: {
  readonly run: RunDetail;
  readonly output: Notebook;
  readonly cell: CodeCell;
}): ReactNode {
  const queries = useQueryClient();
  const { id } = run;
  const [source, setSource] = useState(cell.source);
  const kernel = useConsole(run);
  const isKept = useIsKept(kernel.until);
  const isChanged = source !== cell.source;
  const fixes: readonly Fix[] = isChanged ? [{ cellId: cell.id, before: cell.source, source }] : [];
  const cells = isChanged ? { [cell.id]: source } : {};

  const goOn = useMutation({
    mutationFn: () => server.resumeRun(id, { cells }),
    onSuccess: (next) => goTo(runHref(next.id)),
  });
  const again = useMutation({
    mutationFn: () => server.rerunRun(id, { cells, keep_kernel_ms: KEEP_MS }),
    onSuccess: goToStarted,
  });
  const draft = useMutation({
    mutationFn: () => saveDraft(run, output, fixes),
    onSuccess: (path) => {
      say(`The draft is ${path}`);
      goTo(viewHref(path));
    },
  });
  const end = useMutation({
    mutationFn: () => server.endKernel(id),
    onSettled: () => queries.invalidateQueries({ queryKey: ["run", id] }),
  });
  const isEnded = !isKept || end.isSuccess;
  const press = (event: KeyboardEvent): boolean => {
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return false;
    if (!isEnded) kernel.execute(source);
    return true;
  };
  const isUnderWay = goOn.isPending || goOn.isSuccess || again.isPending || again.isSuccess;
  const problem = goOn.error ?? again.error ?? draft.error ?? end.error;
  return (
    <section className="debug" aria-label="Debug here">
      <div className="debug-head">
        <h2>The cell that stopped it</h2>
        {isChanged && (
          <button type="button" className="plain" onClick={() => setSource(cell.source)}>
            Undo my changes
          </button>
        )}
      </div>
      <CodeInput
        label="Source of the cell that stopped the run"
        value={source}
        onChange={setSource}
        onKey={press}
      />
      <div className="actions">
        {isEnded ? (
          <button type="button" className="primary" disabled={isUnderWay} onClick={() => again.mutate()}>
            {isChanged ? "Run again with this cell, and keep the kernel" : "Run again, and keep the kernel"}
          </button>
        ) : (
          <>
            <button
              type="button"
              disabled={kernel.isBusy || isUnderWay}
              onClick={() => kernel.execute(source)}
            >
              Try it
            </button>
            <button
              type="button"
              className="primary"
              disabled={kernel.isBusy || isUnderWay}
              onClick={() => goOn.mutate()}
            >
              Go on from here
            </button>
          </>
        )}
        <button type="button" disabled={draft.isPending} onClick={() => draft.mutate()}>
          Clone as a draft
        </button>
      </div>
      {problem !== null && <Problem error={problem} />}
      {isChanged && <SaveFixPanel key={source} run={run} fixes={fixes} />}
      <div className="debug-head">
        <h2>Console</h2>
        {!isEnded && kernel.until !== null && (
          <p className="quiet">
            The kernel has its variables still: <KernelTime until={kernel.until} />.{" "}
            <button type="button" className="plain" disabled={end.isPending} onClick={() => end.mutate()}>
              End it now
            </button>
          </p>
        )}
      </div>
      {isEnded && (
        <p className="quiet">
          {kernel.entries.length > 0 || end.isSuccess || run.repeated_by !== null
            ? "The kernel has ended, and its variables with it."
            : "The kernel of this run was not kept, or its time is over. A run that keeps its kernel can be looked into here, with its variables."}
        </p>
      )}
      {(!isEnded || kernel.entries.length > 0) && <KernelConsole console={kernel} isEnded={isEnded} />}
    </section>
  );
}
