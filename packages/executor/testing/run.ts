import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isJsonObject, type JsonObject } from "@notemill/json";
import { type Cell, type Notebook, readNotebook } from "@notemill/nbformat";
import { createKernelPool } from "@notemill/kernel";
import { runNotebook, type RunEvent, type RunNotebookOptions, type RunOutcome } from "@notemill/executor";

/** A finished test run: its outcome, its events, and the output notebook as it is on disk. */
export interface TestRun {
  readonly outcome: RunOutcome;
  readonly events: readonly RunEvent[];
  readonly saved: Notebook;
}

/** A directory that is gone after `body`. */
export async function withDirectory<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "notemill-run-"));
  try {
    return await body(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/**
 * A kernel that is forked takes a third of the time of one that is started cold, which has tests of its own. All files
 * of tests in a process share the pool, which ends with the process.
 */
const pool = createKernelPool();

/** Runs a notebook to an output file, by default in a fresh directory, and reads that file back. */
export async function run(notebook: Notebook, options: Partial<RunNotebookOptions> = {}): Promise<TestRun> {
  return withDirectory(async (directory) => {
    const events: RunEvent[] = [];
    const outputPath = options.outputPath ?? join(directory, "out.ipynb");
    const outcome = await runNotebook({
      inputPath: "in.ipynb",
      outputPath,
      source: { notebook, sha256: "0".repeat(64), warnings: [] },
      startKernel: pool.acquire,
      ...options,
      onEvent(event) {
        events.push(event);
        options.onEvent?.(event);
      },
    });
    const saved = readNotebook(await readFile(outputPath, "utf8"), { newId: () => "new" }).notebook;
    return { outcome, events, saved };
  });
}

/** `completed`, `failed` or `pending` for each cell that papermill would count; marker cells show as `marker`. */
export function statuses(notebook: Notebook): string {
  const statusOf = ({ status }: JsonObject): string => (typeof status === "string" ? status : "marker");
  return notebook.cells.map((cell) => statusOf(papermillOf(cell))).join(" ");
}

/** Everything a notebook's streams say, cell by cell. */
export function printed(notebook: Notebook): readonly string[] {
  return notebook.cells.map((cell) =>
    cell.cell_type === "code"
      ? cell.outputs
          .map((output) => (output.output_type === "stream" ? output.text : `<${output.output_type}>`))
          .join("")
      : "",
  );
}

/** `metadata.papermill` of a cell or a notebook. */
export function papermillOf({ metadata }: Pick<Cell, "metadata">): JsonObject {
  const { papermill } = metadata;
  return isJsonObject(papermill) ? papermill : {};
}
