import type { Execution, Kernel } from "@notemill/kernel";
import type { CellRecord } from "./cell-record.ts";
import { cellTags, needsKernel } from "./cell-tags.ts";

/** Sends the cells of a run to its kernel, each once. */
export interface CellRequests {
  /** The request of a cell: the one that was sent ahead, or else a new one. */
  take(record: CellRecord): Execution;
  /**
   * Sends the cell behind one that the kernel says has succeeded, so that the
   * kernel need not wait for this side to see the idle status.
   */
  sendBehind(record: CellRecord): void;
  /** The cell that was sent ahead and not taken yet. */
  readonly ahead: { readonly record: CellRecord; readonly execution: Execution } | undefined;
}

/** What {@link createCellRequests} needs. */
export interface CellRequestsOptions {
  readonly kernel: Pick<Kernel, "execute" | "takesRequestsAhead">;
  readonly records: readonly CellRecord[];
  /** Whether the kernel need not be told anything between two cells. */
  readonly mayGoAhead: () => boolean;
  readonly signal: AbortSignal;
  readonly allowErrors: boolean;
  /** Longest time of one cell in milliseconds; `null` for none. */
  readonly cellTimeoutMs: number | null;
}

/** Makes a {@link CellRequests} that has sent nothing. */
export function createCellRequests(options: CellRequestsOptions): CellRequests {
  const { kernel, records, mayGoAhead, signal, cellTimeoutMs } = options;
  let ahead: CellRequests["ahead"];

  const send = (record: CellRecord): Execution =>
    kernel.execute(record.source.source, {
      stopOnError: !options.allowErrors && !cellTags(record.source).includes("raises-exception"),
      signal,
      ...(cellTimeoutMs === null ? {} : { timeoutMs: cellTimeoutMs }),
    });

  return {
    take(record) {
      if (ahead?.record !== record) return send(record);
      const { execution } = ahead;
      ahead = undefined;
      return execution;
    },
    sendBehind(record) {
      const next = records[record.index + 1];
      if (!kernel.takesRequestsAhead || !mayGoAhead() || signal.aborted) return;
      if (next && needsKernel(next.source)) ahead = { record: next, execution: send(next) };
    },
    get ahead() {
      return ahead;
    },
  };
}
