import { cp } from "node:fs/promises";
import { join } from "node:path";
import type { AttemptFacts } from "@notemill/api";
import {
  resumeNotebook,
  type ResumeNotebookOptions,
  type RunOutcome,
  type RunSource,
} from "@notemill/executor";
import { createNotebookEncoder, type Notebook, readNotebookBytes } from "@notemill/nbformat";
import { openLocation } from "@notemill/storage";
import type { KeptEntry } from "./kept-kernels.ts";
import { RunnerError } from "./runner-error.ts";

/**
 * Goes on with a failed attempt in its kernel: its record's notebook is taken over,
 * with the cells that did not complete as the source has them now.
 *
 * @throws {@link RunnerError} `KERNEL_NOT_THERE` when the kernel is no longer kept, and as `resumeNotebook` does.
 */
export async function goOn(
  {
    record,
    source,
    resumed,
  }: {
    readonly record: string;
    readonly source: RunSource;
    readonly resumed: KeptEntry | undefined;
  },
  options: ResumeNotebookOptions,
): Promise<RunOutcome> {
  const earlier = resumed?.directories[0];
  if (earlier === undefined)
    throw new RunnerError("KERNEL_NOT_THERE", "the kernel to go on in is no longer kept");
  const own = ["events.jsonl", "log.txt", "artifacts"].map((name) => join(earlier, "record", name));
  await cp(join(earlier, "record"), record, { recursive: true, filter: (path) => !own.includes(path) });
  const output = openLocation(join(record, "output.ipynb"));
  let count = 0;
  const { notebook } = readNotebookBytes(await output.read(), { newId: () => `unnamed-${++count}` });
  await output.write(createNotebookEncoder().encode(mended(notebook, source.notebook)), { durable: true });
  return resumeNotebook(join(record, "output.ipynb"), options);
}

/** What the record says of an attempt that went on in the kernel of another one. */
export function resumedFacts(resumed: KeptEntry | undefined): AttemptFacts["resumed"] {
  return resumed === undefined ? null : { attempt_id: resumed.attemptId, executed: [...resumed.executed] };
}

/** The notebook with the cells of the source, where they differ. Which are executed is not decided here. */
function mended(notebook: Notebook, source: Notebook): Notebook {
  const sources = new Map(source.cells.map((cell) => [cell.id, cell.source]));
  const cells = notebook.cells.map((cell) => {
    const text = sources.get(cell.id);
    return text === undefined || text === cell.source ? cell : { ...cell, source: text };
  });
  return { ...notebook, cells };
}
