import type { RunDetail } from "@notemill/api";
import { ServerProblem } from "@notemill/client";
import type { Notebook } from "@notemill/nbformat";
import { allBytes } from "../server/read-notebook.ts";
import { server } from "../server/server.ts";
import { draftText, type Fix, type FixedFile, fixFile } from "./fix.ts";

/** What came of saving fixes. */
export type SavedFix = { readonly kind: "saved" } | Exclude<FixedFile, { readonly kind: "fixed" }>;

/**
 * Saves fixes in the notebook that a run was made of, as its new version.
 *
 * The save replaces what was read, or nothing.
 *
 * @throws what the server refuses, as `FILE_CHANGED` where somebody was faster.
 */
export async function saveFixes(
  path: string,
  fixes: readonly Fix[],
  mode: "careful" | "replace",
): Promise<SavedFix> {
  const { etag, bytes } = await server.readFile(path);
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await allBytes(bytes));
  const fixed = fixFile(text, fixes, { mode });
  if (fixed.kind !== "fixed") return fixed;
  await server.saveFile(path, new TextEncoder().encode(fixed.text), { ifMatch: etag });
  return { kind: "saved" };
}

/** How many names are tried for a draft. */
const MOST_NAMES = 20;

/** Saves the output of a run, with fixes, as a notebook of one's own. @returns Its path. */
export async function saveDraft(
  { id, path }: Pick<RunDetail, "id" | "path">,
  output: Notebook,
  fixes: readonly Fix[],
): Promise<string> {
  const bytes = new TextEncoder().encode(draftText(output, fixes));
  const name = (path.split("/").at(-1) ?? "notebook").replace(/\.\w+$/, "");
  for (let count = 1; ; count += 1) {
    const number = count === 1 ? "" : `-${count}`;
    try {
      const draft = `~/drafts/${name}-${id.slice(-6)}${number}.ipynb`;
      return (await server.saveFile(draft, bytes, { ifNoneMatch: "*" })).path;
    } catch (error) {
      const isTaken = error instanceof ServerProblem && error.code === "FILE_EXISTS";
      if (!isTaken || count === MOST_NAMES) throw error;
    }
  }
}
