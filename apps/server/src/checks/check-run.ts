import { posix } from "node:path";
import { type Failure, parseWireJson, type RunCheck } from "@notemill/api";
import { isFinal } from "@notemill/schedules";
import { readAll } from "@notemill/storage";
import { latestRecordFiles, type StoredRun } from "@notemill/store";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import { OUTPUT_NAME, RECORD_FORM } from "../records/record-form.ts";
import { notebookOf } from "../runs/notebook-of.ts";
import { readSourceNotebook } from "../runs/read-source-notebook.ts";
import { ServerError } from "../server-error.ts";
import { inDirectory } from "../sources/declared-files.ts";
import { missingFile, type MissingFile } from "./missing-files.ts";
import { cellsOutOfOrder, staleCells } from "./stale-outputs.ts";

/**
 * Says what a run, which has had its source and nothing else, tells about it: files
 * that were missing, and saved outputs that do not come from what the cells say.
 *
 * @throws {@link ServerError} `OUTPUT_NOT_THERE` while it is not over.
 */
export async function checkRun(platform: Platform, run: StoredRun): Promise<RunCheck> {
  if (!isFinal(run.status)) {
    throw new ServerError("OUTPUT_NOT_THERE", `run ${run.id} is ${run.status}; wait for its end`, {
      details: { id: run.id, status: run.status },
    });
  }
  const source = notebookOf(await readSourceNotebook(platform, run.sourceHash));
  const latest = await latestRecordFiles(platform.driver, run.id);
  const hasOutput = latest?.files.some(({ name }) => name === OUTPUT_NAME) === true;
  const path = `${RECORD_FORM.directory(run, { number: latest?.attempt ?? run.attempt })}/${OUTPUT_NAME}`;
  return {
    run_id: run.id,
    status: run.status,
    missing_files: await findMissing(platform, run),
    stale_cells: hasOutput ? staleCells(source, notebookOf(await readAll(platform.records, path))) : [],
    out_of_order: cellsOutOfOrder(source),
  };
}

async function findMissing(platform: Platform, run: StoredRun): Promise<RunCheck["missing_files"]> {
  const failure = run.failure === null ? null : (parseWireJson(run.failure) as Failure);
  const missing = failure === null ? null : missingFile(failure);
  if (failure === null || missing === null) return [];
  const declare = await findBeside(platform, run, missing);
  return [{ path: missing.path, cell_id: failure.cell_id, declare, message: adviceFor(missing, declare) }];
}

/** The first of the places where the file lies beside the notebook. */
async function findBeside(
  { mounts, user }: Platform,
  { path: notebook }: StoredRun,
  { candidates }: MissingFile,
): Promise<string | null> {
  try {
    const { store, path } = resolveVirtualPath(mounts, notebook, user);
    const directory = posix.dirname(path) === "." ? "" : posix.dirname(path);
    for (const candidate of candidates) {
      if (/[*?[\]{}]/.test(candidate)) return candidate;
      // What cannot be a path of the store is not beside the notebook.
      const info = await store.stat(inDirectory(directory, candidate)).catch(() => null);
      if (info !== null) return candidate;
    }
  } catch {
    // A script that came with its request has nothing beside it.
  }
  return null;
}

function adviceFor({ path, isModule }: MissingFile, declare: string | null): string {
  if (declare !== null)
    return `declare it with --file ${declare}, or in metadata.notemill.files of the notebook: a run has what is declared, and nothing else`;
  if (isModule)
    return "there is no such module beside the notebook; if it is that of a package, run the notebook in an environment that has it";
  if (path.startsWith("/"))
    return "a path that begins at the root is another one on another machine; put the file beside the notebook and declare it";
  if (path.split("/").includes(".."))
    return "a run has files beside and below its notebook; put it there and declare it";
  return "there is no such file beside the notebook";
}
