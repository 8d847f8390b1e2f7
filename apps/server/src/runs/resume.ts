import { completeSettings, type ResumeRun } from "@notemill/api";
import { createNotebookEncoder, type Notebook } from "@notemill/nbformat";
import type { StoredRun } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { findKeptKernel } from "./execute-in-kernel.ts";
import { readSettings } from "./present-run.ts";
import { readSourceNotebook } from "./rerun.ts";
import { startRun } from "./start-run.ts";
import { notebookOf } from "./submit-notebook.ts";

const NO_RETRIES = { retries: 0 };

/**
 * Starts a run that goes on from the failed cell of another one, in its kernel,
 * at the runner that keeps it. Cells may be mended; the source of the new run has them so.
 *
 * @throws {@link ServerError} `KERNEL_NOT_KEPT`, `CELL_NOT_FOUND`.
 */
export async function resume(
  platform: Platform,
  run: StoredRun,
  { cells = {} }: ResumeRun,
): Promise<StoredRun> {
  const kernel = await findKeptKernel(platform, run);
  const sourceHash =
    Object.keys(cells).length === 0 ? run.sourceHash : await mendSource(platform, run.sourceHash, cells);
  const leftMs = Math.max(1, kernel.until.getTime() - platform.now().getTime());
  // The kernel is there once: there is no second try, and no other runner.
  const retry = { user: NO_RETRIES, platform: NO_RETRIES, timeout: NO_RETRIES };
  const { path, kernelName, parameters, tags } = run;
  return startRun(
    platform,
    {
      path,
      sourceHash,
      kernelName,
      parameters,
      tags,
      settings: completeSettings({ retry, timeouts: { queue_ms: leftMs } }, readSettings(run)),
      priority: 100,
      rerunOf: run.id,
      resumes: { attemptId: kernel.attemptId, runnerId: kernel.runnerId },
    },
    { idempotencyKey: null, request: null },
  );
}

/** Makes a source with other cells. */
async function mendSource(
  platform: Platform,
  hash: string,
  cells: Readonly<Record<string, string>>,
): Promise<string> {
  const { sources } = platform;
  const source = await sources.get(hash);
  const notebook = notebookOf(await readSourceNotebook(platform, hash));
  const encoded = createNotebookEncoder().encode(mend(notebook, cells));
  const files = new Map<string, Uint8Array>([[source.notebook, Buffer.from(encoded.join(""))]]);
  for (const { path } of source.files) {
    if (path === source.notebook) continue;
    const parts: Uint8Array[] = [];
    for await (const part of (await sources.openFile(hash, path)).bytes) parts.push(part);
    files.set(path, Buffer.concat(parts));
  }
  return sources.put(source.notebook, files, source.environment);
}

function mend(notebook: Notebook, cells: Readonly<Record<string, string>>): Notebook {
  const ids = new Set<string>(notebook.cells.map(({ id }) => id));
  const unknown = Object.keys(cells).find((id) => !ids.has(id));
  if (unknown !== undefined) {
    throw new ServerError("CELL_NOT_FOUND", `the notebook has no cell "${unknown}"`, {
      details: { cell_id: unknown },
    });
  }
  const mended = notebook.cells.map((cell) => {
    const source = Object.hasOwn(cells, cell.id) ? cells[cell.id] : undefined;
    return source === undefined ? cell : { ...cell, source };
  });
  return { ...notebook, cells: mended };
}
