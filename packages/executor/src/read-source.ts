import { createHash } from "node:crypto";
import type { CellId, Notebook, NotebookProblem } from "@notemill/nbformat";
import { decodeNotebookBytes, readNotebook } from "@notemill/nbformat";
import type { Location } from "@notemill/storage";
import { cancelledBy } from "./stop-signal.ts";

/** A source notebook, upgraded, and what it was read from. */
export interface RunSource {
  readonly notebook: Notebook;
  /** Hash of the bytes that were read, in hexadecimal. */
  readonly sha256: string;
  /** What is wrong with the file but can be lived with. */
  readonly warnings: readonly Pick<NotebookProblem, "code" | "message">[];
}

/** Options of {@link readSource}. */
export interface ReadSourceOptions {
  /** Gives ids to cells that have none. Default: `unnamed-1`, `unnamed-2` and so on. */
  readonly newCellId?: () => CellId;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads and upgrades the source notebook of a run.
 *
 * @throws {@link ExecutorError} `RUN_CANCELLED` when `signal` ends it, and what the location and the format throw.
 */
export async function readSource(location: Location, options: ReadSourceOptions = {}): Promise<RunSource> {
  let unnamed = 0;
  const { newCellId = () => `unnamed-${++unnamed}` } = options;
  const { text, sha256 } = await readText(location, options.signal);
  const { notebook, problems } = readNotebook(text, { newId: newCellId });
  return { notebook, sha256, warnings: problems };
}

/** Lets go of the bytes before their text is read, of which a large notebook has many. */
async function readText(
  location: Location,
  signal: AbortSignal | undefined,
): Promise<{ readonly text: string; readonly sha256: string }> {
  const bytes = await readUntilCancelled(location, signal);
  return { text: decodeNotebookBytes(bytes), sha256: createHash("sha256").update(bytes).digest("hex") };
}

async function readUntilCancelled(location: Location, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    return await location.read(signal ? { signal } : {});
  } catch (error) {
    throw signal?.aborted === true ? cancelledBy(signal.reason) : error;
  }
}
