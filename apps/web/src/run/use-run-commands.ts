import type { RunDetail } from "@notemill/api";
import { useMemo } from "react";
import { compareHref } from "../compare/side.ts";
import { withBase } from "../routing/base-path.ts";
import { goTo } from "../routing/location.ts";
import { runHref } from "../routing/route.ts";
import { isOver } from "../runs/status-badge.tsx";
import type { Command } from "../shell/commands.ts";
import { usePageCommands } from "../shell/page-commands.ts";

/** What the buttons of a run's page do; always the same functions. */
export interface RunActions {
  readonly rerun: () => void;
  readonly cancel: () => void;
}

/** Offers in the palette what can be done with a run, as its buttons do. */
export function useRunCommands(run: RunDetail, { rerun, cancel }: RunActions): void {
  const { id, status, is_sweep: isSweep, rerun_of: rerunOf } = run;
  const cellId = run.failure?.cell_id ?? null;
  const isCancelling = run.cancel_requested_at !== null;
  const commands = useMemo<readonly Command[]>(() => {
    const isEnded = isOver(status);
    const when = (isWanted: boolean, command: Command): readonly Command[] => (isWanted ? [command] : []);
    const show = (view: string): void => goTo(`${runHref(id)}?show=${view}`);
    return [
      ...when(isEnded && cellId !== null, {
        name: "Go to the cell that failed",
        run: () => goToCell(id, cellId ?? ""),
      }),
      ...when(isEnded && !isSweep, { name: "Run it again", run: rerun }),
      ...when(isEnded && !isSweep, {
        name: "Run it again with other values",
        run: () => goTo(`${runHref(id)}?again`),
      }),
      ...when(!isEnded && !isCancelling, { name: "Cancel this run", run: cancel }),
      ...when(isEnded && !isSweep, {
        name: "Compare this run with …",
        run: () =>
          goTo(compareHref(rerunOf === null ? null : { kind: "run", id: rerunOf }, { kind: "run", id })),
      }),
      ...when(isEnded, {
        name: "Download the output of this run",
        run: () => press(`/api/v1/runs/${id}/notebook`, `${id}.ipynb`),
      }),
      { name: "Show the events of this run", run: () => show("events") },
      { name: "Show the log of this run", run: () => show("log") },
      { name: "Show the record of this run", run: () => show("files") },
    ];
  }, [id, status, isSweep, rerunOf, cellId, isCancelling, rerun, cancel]);
  usePageCommands(commands);
}

function goToCell(id: string, cellId: string): void {
  const href = `${runHref(id)}#cell-${cellId}`;
  // The notebook goes to the cell itself when it is shown, and where it is shown already the browser does.
  if (document.querySelector(".notebook") === null) goTo(href);
  else press(href);
}

/** Does what a press on a link does, which goes to a place on the page also where the address has it already. */
function press(href: string, download?: string): void {
  const link = document.createElement("a");
  link.href = withBase(href);
  if (download !== undefined) link.download = download;
  document.body.append(link);
  link.click();
  link.remove();
}
