import type { JsonObject } from "@notemill/json";
import type { Cell, CellId, CodeCell, Output } from "@notemill/nbformat";

/** What an execution has changed in one cell since an earlier moment. Source and type stay. */
export interface CellChange {
  readonly id: CellId;
  /** Entries of the metadata that are new or different; an execution takes none away. */
  readonly metadata?: JsonObject;
  readonly execution_count?: number | null;
  readonly outputs?: OutputsChange;
}

/** What changed in the outputs of a cell: most are as they were, and a long text only grew. */
export interface OutputsChange {
  /** How many outputs there are now. */
  readonly length: number;
  readonly set: readonly { readonly at: number; readonly output: Output }[];
  /** Text that a stream has got at its end. */
  readonly appended: readonly { readonly at: number; readonly text: string }[];
}

/** Finds what is different in a later version of a cell; `undefined` where nothing is. */
export function changeOfCell(before: Cell, after: Cell): CellChange | undefined {
  if (before === after) return undefined;
  const metadata = changedEntries(before.metadata, after.metadata);
  const code = before.cell_type === "code" && after.cell_type === "code" ? changeOfCode(before, after) : {};
  const change: CellChange = { id: after.id, ...(metadata === undefined ? {} : { metadata }), ...code };
  return Object.keys(change).length > 1 ? change : undefined;
}

/** Everything an execution can change in a cell, for when it is not known what the reader has of it. */
export function wholeChangeOfCell(cell: Cell): CellChange {
  const { id, metadata } = cell;
  if (cell.cell_type !== "code") return { id, metadata };
  const set = cell.outputs.map((output, at) => ({ at, output }));
  const outputs = { length: set.length, set, appended: [] };
  return { id, metadata, execution_count: cell.execution_count, outputs };
}

/** Gives the later version of a cell. A change that does not fit, as after damage, is left out. */
export function applyCellChange(before: Cell, change: CellChange): Cell {
  const metadata =
    change.metadata === undefined ? before.metadata : { ...before.metadata, ...change.metadata };
  if (before.cell_type !== "code") return { ...before, metadata };
  return {
    ...before,
    metadata,
    execution_count: change.execution_count === undefined ? before.execution_count : change.execution_count,
    outputs: change.outputs === undefined ? before.outputs : applyOutputs(before.outputs, change.outputs),
  };
}

function changeOfCode(before: CodeCell, after: CodeCell): Omit<CellChange, "id" | "metadata"> {
  const outputs =
    before.outputs === after.outputs ? undefined : changeOfOutputs(before.outputs, after.outputs);
  return {
    ...(before.execution_count === after.execution_count ? {} : { execution_count: after.execution_count }),
    ...(outputs === undefined ? {} : { outputs }),
  };
}

function changedEntries(before: JsonObject, after: JsonObject): JsonObject | undefined {
  const changed = Object.entries(after).filter(([key, value]) => before[key] !== value);
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

function changeOfOutputs(before: readonly Output[], after: readonly Output[]): OutputsChange | undefined {
  const set: { at: number; output: Output }[] = [];
  const appended: { at: number; text: string }[] = [];
  for (const [at, output] of after.entries()) {
    const earlier = before[at];
    if (earlier === output) continue;
    const text = addedText(earlier, output);
    if (text === undefined) set.push({ at, output });
    else if (text !== "") appended.push({ at, text });
  }
  const isSame = set.length === 0 && appended.length === 0 && before.length === after.length;
  return isSame ? undefined : { length: after.length, set, appended };
}

function addedText(before: Output | undefined, after: Output): string | undefined {
  if (before?.output_type !== "stream" || after.output_type !== "stream") return undefined;
  if (before.name !== after.name || !after.text.startsWith(before.text)) return undefined;
  return after.text.slice(before.text.length);
}

function applyOutputs(
  before: readonly Output[],
  { length, set, appended }: OutputsChange,
): readonly Output[] {
  const outputs = before.slice(0, length);
  for (const { at, output } of set) {
    if (at <= outputs.length && at < length) outputs[at] = output;
  }
  for (const { at, text } of appended) {
    const output = outputs[at];
    if (output?.output_type === "stream") outputs[at] = { ...output, text: output.text + text };
  }
  return outputs;
}
