import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "./normalise.ts";
import { PEERS } from "./run-case.ts";

/** What papermill left behind, case by case, and the versions that it hangs on. */
export interface PapermillRecord {
  readonly versions: string;
  readonly results: Readonly<Record<string, RecordedResult>>;
}

/** How papermill ended, and the output notebook, normalised, or null where there is none. */
export interface RecordedResult {
  readonly exitCode: number | null;
  readonly notebook: Json;
}

/** Where the record is. `npm run soak` runs papermill and compares; `NOTEMILL_RECORD_PAPERMILL=1` writes it anew. */
export const RECORD_FILE = "tests/differential/papermill-record.json";

/** The record, or null where the environment has other versions than it was made with. */
export function readPapermillRecord(): PapermillRecord | null {
  const record = JSON.parse(readFileSync(RECORD_FILE, "utf8")) as PapermillRecord;
  return record.versions === peerVersions() ? record : null;
}

/** The versions of whatever has a say in papermill's output notebooks. */
export function peerVersions(): string {
  const program =
    "import importlib.metadata as m, sys; " +
    "print('python %d.%d' % sys.version_info[:2], *(f'{n} {m.version(n)}' for n in " +
    "('papermill', 'nbclient', 'ipykernel', 'ipython', 'ipywidgets', 'scrapbook')), sep=', ')";
  return execFileSync(join(PEERS, "bin", "python"), ["-c", program], { encoding: "utf8" }).trim();
}
