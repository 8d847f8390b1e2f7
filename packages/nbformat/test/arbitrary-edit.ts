import type { JsonObject } from "@notemill/json";
import type { Cell, CodeCell, Notebook, Output } from "@notemill/nbformat";
import { outputFromJson } from "@notemill/nbformat";
import fc from "fast-check";
import { jsonObject, text } from "../../json/test/arbitrary-json.ts";
import { fileOutput } from "./arbitrary-notebook.ts";

/** One change that a user or a run makes to a notebook document. */
export type Edit = (notebook: Notebook) => Notebook;

/** Any edit: of source, metadata or outputs, or of the list of cells. */
export const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.nat(), text).map(([at, source]) => onCell(at, (cell) => ({ ...cell, source }))),
  fc
    .tuple(fc.nat(), text)
    .map(([at, added]) => onCell(at, (cell) => ({ ...cell, source: cell.source + added }))),
  fc.tuple(fc.nat(), jsonObject).map(([at, metadata]) => onCell(at, (cell) => ({ ...cell, metadata }))),
  fc
    .tuple(fc.nat(), jsonObject)
    .map(([at, metadata]) =>
      onCell(at, (cell) => ({ ...cell, metadata: { ...cell.metadata, ...metadata } })),
    ),
  fc
    .tuple(fc.nat(), fc.array(fileOutput, { maxLength: 2 }), fc.boolean())
    .map(([at, outputs, isAppended]) => onCell(at, (cell) => withOutputs(cell, outputs, isAppended))),
  jsonObject.map((metadata): Edit => (notebook) => ({ ...notebook, metadata })),
  jsonObject.map((metadata): Edit => (notebook) => ({
    ...notebook,
    metadata: { ...notebook.metadata, ...metadata },
  })),
  fc
    .tuple(fc.nat(), fc.uuid(), text)
    .map(([at, id, source]) => onCells((cells) => insert(cells, at, newCell(id, source)))),
  fc.nat().map((at) => onCells((cells) => cells.filter((_cell, index) => index !== at % cells.length))),
  fc.constant(onCells((cells) => cells.toReversed())),
);

function onCells(change: (cells: readonly Cell[]) => readonly Cell[]): Edit {
  return (notebook) => ({ ...notebook, cells: change(notebook.cells) });
}

function onCell(at: number, change: (cell: Cell) => Cell): Edit {
  return onCells((cells) => cells.map((cell, index) => (index === at % cells.length ? change(cell) : cell)));
}

function insert(cells: readonly Cell[], at: number, cell: Cell): readonly Cell[] {
  return cells.toSpliced(at % (cells.length + 1), 0, cell);
}

function newCell(id: string, source: string): CodeCell {
  return { cell_type: "code", id, metadata: {}, source, execution_count: null, outputs: [] };
}

function withOutputs(cell: Cell, json: readonly JsonObject[], isAppended: boolean): Cell {
  if (cell.cell_type !== "code") return cell;
  const outputs: readonly Output[] = json.map(outputFromJson);
  return {
    ...cell,
    execution_count: json.length,
    outputs: isAppended ? [...cell.outputs, ...outputs] : outputs,
  };
}
