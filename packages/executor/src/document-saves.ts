import { isCodedError } from "@notemill/errors";
import type { Notebook } from "@notemill/nbformat";
import type { ExecuteDocumentOptions } from "./execute-document.ts";
import { createOutputFile } from "./output-file.ts";
import { createOutputSaver } from "./output-saver.ts";
import { keepElsewhere } from "./keep-elsewhere.ts";
import type { RunDocument } from "./run-document.ts";
import { statusInWords } from "./status-in-words.ts";
import type { StoppedRun } from "./stopped-run.ts";

/** All saves of one run, from `running` to how it ended. */
export interface DocumentSaves {
  /** Writes the document that says `running`, without holding up the run. */
  begin(): void;
  /** Says that the document changed. */
  changed(): void;
  /**
   * Writes the finished notebook.
   *
   * @returns How the run ended, which is a failure when the notebook could not be written.
   */
  finish(notebook: Notebook, ended: StoppedRun): Promise<StoppedRun>;
  /** Lets go of timers and files, and leaves what is on disk as it is. After `finish` there is nothing left to do. */
  release(): Promise<void>;
}

/** Makes the {@link DocumentSaves} of a run; without an output location they do nothing. */
export function createDocumentSaves(document: RunDocument, options: ExecuteDocumentOptions): DocumentSaves {
  const { clock, output, onEvent, newCellId, compat = false, saveIntervalMs = 1000 } = options;
  if (output === null) {
    return {
      begin: () => undefined,
      changed: () => undefined,
      finish: (_notebook, ended) => Promise.resolve(ended),
      release: () => Promise.resolve(),
    };
  }
  const warned = new Set<string>();
  const warn = (error: unknown): void => {
    const message = `the output notebook could not be saved: ${messageOf(error)}`;
    // A full disk stays full for a while, and one warning is enough.
    if (!warned.has(message)) onEvent({ type: "run-warned", code: "SAVE_FAILED", message });
    warned.add(message);
  };
  const isLive = output.rewritable && saveIntervalMs !== null;
  const isJournaled = isLive && !compat && output.localPath !== undefined;
  const intervalMs = saveIntervalMs ?? 0;
  const file = createOutputFile({
    location: output,
    nonFinite: compat ? "literal" : "string",
    journalName: isJournaled ? newCellId() : null,
    intervalMs,
    clock,
    onError: warn,
  });
  const saver = createOutputSaver({
    clock,
    // Twice as often as the file, so that a second counts from the output and not from the save before it.
    intervalMs: isLive ? intervalMs / (isJournaled ? 2 : 1) : null,
    onError: warn,
    save: () => file.saveChanges(document.snapshot()),
  });

  return {
    begin() {
      if (isLive) file.saveWhole(document.snapshot()).catch(warn);
    },
    changed: saver.changed,
    async finish(notebook, ended) {
      await saver.close();
      try {
        await file.saveWhole(notebook);
      } catch (error) {
        await file.abandon();
        if (!output.rewritable || !isCodedError(error)) throw error;
        return notSaved(ended, error, await keepElsewhere(output, notebook));
      }
      await file.close();
      return ended;
    },
    async release() {
      await saver.close();
      await file.abandon();
    },
  };
}

/** What becomes of a run whose result is not where it belongs. */
function notSaved({ status, failure }: StoppedRun, error: Error, copy: string | undefined): StoppedRun {
  const ended = statusInWords(status);
  const how = failure === undefined ? `the run ${ended}` : `the run ${ended} (${failure.message})`;
  const where =
    copy === undefined
      ? "only what was saved before is left; notemill doctor puts that together"
      : `the notebook is in ${copy}; move it to where it belongs`;
  return {
    status: "failed",
    failure: {
      code: "OUTPUT_NOT_SAVED",
      message: `the output notebook was not saved: ${error.message}; ${how}, and ${where}`,
      ...(failure?.traceback === undefined ? {} : { traceback: failure.traceback }),
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
