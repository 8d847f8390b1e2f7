import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import type { RunningCommand } from "../support/cli.ts";
import { logsIn } from "./ticking-notebook.ts";

/** When something is done to a command: some time after the `nth` event of a kind. */
export interface Moment {
  /** `spawned`, `kernel-began` (a kernel has run its first cell), or an event of `--json`. */
  readonly event:
    | "spawned"
    | "kernel-began"
    | "run-started"
    | "kernel-ready"
    | "cell-started"
    | "cell-output"
    | "cell-finished"
    | "last-cell-finished"
    | "run-finished";
  readonly nth: number;
  readonly plusMs: number;
}

/** The events of a command, so far. */
export interface Events {
  /** Waits for a moment; `false` when the command has ended first. */
  reach(moment: Moment): Promise<boolean>;
  readonly heard: readonly RunEventLine[];
}

/** As much of an event of `--json` as the soak looks at. */
export interface RunEventLine {
  readonly type: string;
  readonly time: string;
  readonly cell_count?: number;
  readonly status?: string;
  readonly connection_file?: string;
  readonly failure?: { readonly code: string; readonly message: string };
  readonly kept_kernel?: { readonly host_dir: string };
}

/** Listens to the events that a command prints. */
export function listenToEvents({ process, result }: RunningCommand, directory: string): Events {
  const heard: RunEventLine[] = [];
  let hasEnded = false;
  let wake = Promise.withResolvers<void>();
  const awaken = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  if (process.stdout) {
    createInterface({ input: process.stdout }).on("line", (line) => {
      if (!line.startsWith('{"type"') || !line.endsWith("}")) return;
      heard.push(JSON.parse(line) as RunEventLine);
      awaken();
    });
  }
  void result.finally(() => {
    hasEnded = true;
    awaken();
  });

  async function hasHappened({ event, nth }: Moment): Promise<boolean> {
    if (event === "spawned") return true;
    if (event === "kernel-began") return (await logsIn(directory)).length >= nth;
    const last = heard.find(({ type }) => type === "run-started")?.cell_count ?? Number.POSITIVE_INFINITY;
    const type = event === "last-cell-finished" ? "cell-finished" : event;
    const wanted = event === "last-cell-finished" ? last : nth;
    return heard.filter((it) => it.type === type).length >= wanted;
  }

  return {
    heard,
    async reach(moment) {
      while (!(await hasHappened(moment))) {
        if (hasEnded) return false;
        await Promise.race([wake.promise, ...(moment.event === "kernel-began" ? [pause(20)] : [])]);
      }
      if (moment.plusMs > 0) await pause(moment.plusMs);
      return true;
    },
  };
}
