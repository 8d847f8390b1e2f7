import { createHash } from "node:crypto";
import type { ScheduleDiff } from "@notemill/api";
import type { StoredTrigger } from "@notemill/store";
import type { Platform } from "../platform.ts";
import { notebookOf } from "../runs/notebook-of.ts";
import { ServerError } from "../server-error.ts";
import { diffNotebooks } from "./diff-notebooks.ts";
import { prepareNotebook } from "./prepare-notebook.ts";

/**
 * Compares the notebook and its files as they are now with what was promoted.
 *
 * @throws {@link ServerError} `SCHEDULE_NOT_PROMOTED`, and what submitting a run would.
 */
export async function diffSchedule(platform: Platform, trigger: StoredTrigger): Promise<ScheduleDiff> {
  const { sourceHash } = trigger;
  if (sourceHash === null || trigger.path === null) {
    throw new ServerError(
      "SCHEDULE_NOT_PROMOTED",
      `schedule "${trigger.name}" runs the notebook as it is at each slot; there is nothing to compare it with`,
      { details: { id: trigger.id } },
    );
  }
  const { sources } = platform;
  const promoted = await sources.get(sourceHash);
  const before = new Map(promoted.files.map(({ path, sha256 }) => [path, sha256]));
  const prepared = await prepareNotebook(platform, trigger.path);
  const now = new Map<string, string>();
  for (const [path, bytes] of await prepared.sourceFiles(trigger.files))
    now.set(path, createHash("sha256").update(bytes).digest("hex"));

  const paths = [...new Set([...before.keys(), ...now.keys()])].toSorted();
  const files = paths
    .filter((path) => before.get(path) !== now.get(path))
    .map(
      (path) =>
        ({ path, kind: !before.has(path) ? "added" : now.has(path) ? "changed" : "removed" }) as const,
    );
  const earlier = notebookOf(await bytesOf(await sources.openFile(sourceHash, promoted.notebook)));
  return {
    source_hash: sourceHash,
    is_same: files.length === 0,
    cells: [...diffNotebooks(earlier, prepared.notebook)],
    files,
  };
}

async function bytesOf({ bytes }: { readonly bytes: AsyncIterable<Uint8Array> }): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}
