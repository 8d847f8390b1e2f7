import type { StreamOutput } from "@notemill/nbformat";

/** What a cell has shown that the notebook has no room for, in UTF-16 units. */
export interface LeftOut {
  readonly length: number;
  /** How much of it is in the file. */
  readonly kept: number;
  readonly path: string;
}

/** All is in the notebook. */
export const NOTHING_LEFT_OUT: LeftOut = { length: 0, kept: 0, path: "" };

/** The output that stands where others were left out; none where all are there. */
export function leftOutNote(leftOut: LeftOut): readonly StreamOutput[] {
  if (leftOut.length === 0) return [];
  const text = `\n[notemill] ${counted(leftOut.length)} characters of output are left out here; ${whereabouts(leftOut)}\n`;
  return [{ output_type: "stream", name: "stderr", text }];
}

function whereabouts({ length, kept, path }: LeftOut): string {
  if (path === "" || kept === 0) return "they were not kept";
  return kept === length
    ? `they are in ${path}`
    : `the first ${counted(kept)} are in ${path}, the others were not kept`;
}

function counted(count: number): string {
  return count.toLocaleString("en-US");
}
