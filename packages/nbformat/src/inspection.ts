import type { JsonValue } from "@notemill/json";
import type { NotebookProblem, NotebookProblemCode } from "./notebook-problem.ts";
import { shownPath } from "./shown-value.ts";

/** One walk through the value of a notebook file that looks for what its format forbids. */
export interface Inspection {
  /** Where the walk is; changes as it goes. */
  readonly path: (string | number)[];
  readonly problems: NotebookProblem[];
  /** Whether the file is of a later version than we know, so that it may hold more than we know. */
  readonly isNewer: boolean;
  /** The ids of the file's cells, for naming them. */
  readonly cellIds: readonly (JsonValue | undefined)[];
  /** The cell that has an id first. */
  readonly firstCells: ReadonlyMap<JsonValue | undefined, number>;
}

/** Most problems that are kept: a file that is all wrong need not be described in full. */
const MAX_PROBLEMS = 100;

/** Looks at a value at the inspection's path. */
export type Check = (value: JsonValue, inspection: Inspection) => void;

/** Looks at a value one step further down. */
export function checkAt(step: string | number, value: JsonValue, check: Check, inspection: Inspection): void {
  inspection.path.push(step);
  check(value, inspection);
  inspection.path.pop();
}

/**
 * Reports a problem at the inspection's path.
 *
 * @param finding - What comes behind the name of the field: `must be a string, found 5`.
 */
export function report(inspection: Inspection, code: NotebookProblemCode, finding: string): void {
  if (inspection.problems.length >= MAX_PROBLEMS) return;
  const path = [...inspection.path];
  const [list, index] = path;
  if (list !== "cells" || typeof index !== "number") {
    const field = path.length === 0 ? "the notebook" : shownPath(path);
    inspection.problems.push({ code, message: `${field} ${finding}`, path });
    return;
  }
  const id = inspection.cellIds[index];
  const name =
    typeof id === "string" ? `cell ${index} (${JSON.stringify(id.slice(0, 64))})` : `cell ${index}`;
  const message =
    path.length === 2 ? `${name} ${finding}` : `${name}: ${shownPath(path.slice(2))} ${finding}`;
  const cellId = typeof id === "string" ? { cellId: id } : {};
  inspection.problems.push({ code, message, path, cellIndex: index, ...cellId });
}
