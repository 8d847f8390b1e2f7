import type { JsonObject, JsonValue } from "@notemill/json";
import { JsonNumber, RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { validateNotebook } from "./validate-notebook.ts";

/** A notebook of these cells. */
function withCells(...cells: JsonValue[]): JsonObject {
  return { metadata: {}, nbformat: 4, nbformat_minor: 5, cells };
}

function code(fields: JsonObject): JsonObject {
  return {
    cell_type: "code",
    id: "a1b2",
    metadata: {},
    source: "",
    outputs: [],
    execution_count: null,
    ...fields,
  };
}

function messages(value: JsonValue): string[] {
  return validateNotebook(value).map(({ message }) => message);
}

describe("validateNotebook", () => {
  it.each<[string, JsonValue]>([
    ["an empty notebook", withCells()],
    ["a code cell", withCells(code({}))],
    ["a large execution count", withCells(code({ execution_count: new JsonNumber("12345678901234567890") }))],
    [
      "data left unread",
      withCells(
        code({
          outputs: [
            { output_type: "display_data", metadata: {}, data: { "application/json": new RawJson("1") } },
          ],
        }),
      ),
    ],
    [
      "cells left unread",
      { ...withCells(), cells: new RawJson('[{"cell_type":"raw","id":"a","metadata":{},"source":[]}]') },
    ],
  ])("finds nothing in %s", (_what, notebook) => {
    expect(messages(notebook)).toEqual([]);
  });

  it.each<[string, JsonValue, string]>([
    ["a scalar", 5, "the notebook must be an object, found 5"],
    [
      "a missing field",
      { ...withCells(), metadata: { kernelspec: { name: "p" } } },
      "metadata.kernelspec.display_name is missing",
    ],
    ["a field too many", { ...withCells(), x: 1 }, "x is not a field of a notebook"],
    ["a wrong type", { ...withCells(), metadata: [] }, "metadata must be an object, found an empty list"],
    ["a wrong version", { ...withCells(), nbformat: 3 }, "nbformat must be 4, found 3"],
    [
      "a float for an integer",
      { ...withCells(), nbformat: new JsonNumber("4.0") },
      "nbformat must be an integer, found 4.0",
    ],
    ["a cell that is none", withCells("x"), 'cell 0 must be an object, found "x"'],
    ["a cell of no type", withCells({ id: "a" }), 'cell 0 ("a"): cell_type is missing'],
    [
      "a cell of an unknown type",
      withCells({ cell_type: "sql" }),
      'cell 0: cell_type must be "code", "markdown" or "raw", found "sql"',
    ],
    [
      "a cell's field",
      withCells(code({ source: 1 })),
      'cell 0 ("a1b2"): source must be a string or a list of strings, found 1',
    ],
    [
      "a line",
      withCells(code({ source: ["a", null] })),
      'cell 0 ("a1b2"): source[1] must be a string, found null',
    ],
    [
      "an output's field",
      withCells(code({}), code({ id: "b", outputs: [{ output_type: "stream", name: 5, text: "" }] })),
      'cell 1 ("b"): outputs[0].name must be a string, found 5',
    ],
    [
      "an output of an unknown type",
      withCells(code({ outputs: [{ output_type: "pyout" }] })),
      'cell 0 ("a1b2"): outputs[0].output_type must be "stream", "display_data", "execute_result" or "error", found "pyout"',
    ],
    [
      "data that is not text",
      withCells(
        code({ outputs: [{ output_type: "display_data", metadata: {}, data: { "text/plain": {} } }] }),
      ),
      'cell 0 ("a1b2"): outputs[0].data["text/plain"] must be a string or a list of strings, found an object',
    ],
    [
      "a count below zero",
      withCells(code({ execution_count: -1 })),
      'cell 0 ("a1b2"): execution_count must be 0 or more, found -1',
    ],
    [
      "a field of another type of cell",
      withCells({ cell_type: "markdown", id: "m", metadata: {}, source: "", outputs: [] }),
      'cell 0 ("m"): outputs is not a field of a markdown cell',
    ],
    [
      "a malformed id",
      withCells(code({ id: "a b" })),
      'cell 0 ("a b"): id must be 1 to 64 letters, digits, hyphens or underscores, found "a b"',
    ],
    ["an id of a wrong type", withCells(code({ id: 7 })), "cell 0: id must be a string, found 7"],
    ["a repeated id", withCells(code({}), code({})), 'cell 1 ("a1b2"): id is also the id of cell 0'],
    [
      "a repeated tag",
      withCells(code({ metadata: { tags: ["a", "a"] } })),
      'cell 0 ("a1b2"): metadata.tags[1] repeats the tag "a"',
    ],
    [
      "a tag with a comma",
      withCells(code({ metadata: { tags: ["a,b"] } })),
      'cell 0 ("a1b2"): metadata.tags[0] must be a tag, not empty and without commas, found "a,b"',
    ],
    [
      "a later version",
      { ...withCells(), nbformat_minor: 6 },
      "nbformat_minor is 6, and 4.5 is the latest we know",
    ],
    [
      "a long value, cut short",
      { ...withCells(), metadata: "x".repeat(1000) },
      `metadata must be an object, found "${"x".repeat(60)}"...`,
    ],
    [
      "a long field, cut short",
      { ...withCells(), ["x".repeat(1000)]: 1 },
      `["${"x".repeat(60)}"...] is not a field of a notebook`,
    ],
  ])("names %s", (_what, notebook, message) => {
    expect(messages(notebook)).toEqual([message]);
  });

  it("gives the place as data", () => {
    expect(validateNotebook(withCells(code({ outputs: [{ output_type: "stream", text: "" }] })))).toEqual([
      {
        code: "NOTEBOOK_FIELD_MISSING",
        message: 'cell 0 ("a1b2"): outputs[0].name is missing',
        path: ["cells", 0, "outputs", 0, "name"],
        cellIndex: 0,
        cellId: "a1b2",
      },
    ]);
  });

  it("lets a later version hold what we do not know", () => {
    const cells = [
      { cell_type: "sql", metadata: {}, query: 1 },
      code({ outputs: [{ output_type: "x" }], extra: 1 }),
    ];
    expect(
      validateNotebook({ ...withCells(...cells), nbformat_minor: 6, x: 1 }).map(({ code }) => code),
    ).toEqual(["NOTEBOOK_VERSION_NEWER"]);
  });

  it("asks for ids only since 4.5", () => {
    const cell = { cell_type: "raw", metadata: {}, source: "" };
    expect(messages({ ...withCells(cell), nbformat_minor: 4 })).toEqual([]);
    expect(messages(withCells(cell))).toEqual(["cell 0: id is missing"]);
    expect(messages({ ...withCells({ ...cell, id: "a" }), nbformat_minor: 4 })).toEqual([
      'cell 0 ("a"): id is not a field of a raw cell',
    ]);
  });

  it("stops listing after 100 problems", () => {
    expect(messages(withCells(...Array.from({ length: 1000 }, () => 1)))).toHaveLength(100);
  });
});
