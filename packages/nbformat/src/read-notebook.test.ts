import { JsonNumber, RawJson } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import { describe, expect, it } from "vitest";
import type { Notebook } from "./notebook.ts";
import { readNotebook } from "./read-notebook.ts";
import type { ReadNotebookResult } from "./read-notebook.ts";

function read(text: string): ReadNotebookResult {
  let count = 0;
  return readNotebook(text, { newId: () => `new-${++count}` });
}

/** Reads a notebook of these cells, given as JSON. */
function readCells(...cells: string[]): ReadNotebookResult {
  return read(`{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[${cells.join()}]}`);
}

function problems({ problems }: ReadNotebookResult): string[] {
  return problems.map(({ message }) => message);
}

describe("readNotebook", () => {
  it("joins text and leaves JSON data unread", () => {
    const { notebook } = readCells(`{
      "cell_type": "code", "id": "a", "metadata": {"n": 1.0, "trusted": true}, "execution_count": 1, "source": ["x\\n", "y"],
      "outputs": [
        {"output_type": "stream", "name": "stdout", "text": ["1\\n", "2"]},
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": ["<b>\\n", "</b>"], "application/json": {"a": [NaN]}}}
      ]}`);
    expect(notebook.cells).toEqual([
      {
        cell_type: "code",
        id: "a",
        metadata: { n: new JsonNumber("1.0") },
        execution_count: 1,
        source: "x\ny",
        outputs: [
          { output_type: "stream", name: "stdout", text: "1\n2" },
          {
            output_type: "display_data",
            metadata: {},
            data: { "text/html": "<b>\n</b>", "application/json": new RawJson('{"a": [NaN]}') },
          },
        ],
      },
    ]);
  });

  it("leaves the state of widgets unread", () => {
    const state = '{"state": {"a": {"state": {"value": 1.0}}}}';
    const text = `{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":{"widgets":{"application/x+json":${state}}}}`;
    expect(read(text).notebook.metadata).toEqual({ widgets: { "application/x+json": new RawJson(state) } });
  });

  it("drops metadata that is never stored", () => {
    const text =
      '{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":{"orig_nbformat":3,"signature":"s","a":1}}';
    expect(read(text).notebook.metadata).toEqual({ a: 1 });
  });

  it.each<[string, string, Partial<Notebook["cells"][number]> & JsonObject, string[]]>([
    [
      "a missing source",
      '{"cell_type":"raw","id":"a","metadata":{}}',
      { source: "" },
      ['cell 0 ("a"): source is missing'],
    ],
    [
      "a number for a source",
      '{"cell_type":"raw","id":"a","metadata":{},"source":1.0}',
      { source: "1.0" },
      ['cell 0 ("a"): source must be a string or a list of strings, found 1.0'],
    ],
    [
      "metadata of a wrong type",
      '{"cell_type":"raw","id":"a","metadata":[],"source":""}',
      { metadata: {} },
      ['cell 0 ("a"): metadata must be an object, found an empty list'],
    ],
    [
      "missing outputs",
      '{"cell_type":"code","id":"a","metadata":{},"source":"","execution_count":null}',
      { outputs: [] },
      ['cell 0 ("a"): outputs is missing'],
    ],
    [
      "a count that is none",
      '{"cell_type":"code","id":"a","metadata":{},"source":"","execution_count":"1","outputs":[]}',
      { execution_count: null },
      ['cell 0 ("a"): execution_count must be an integer, found "1"'],
    ],
    [
      "an unknown type",
      '{"cell_type":"sql","id":"a","metadata":{},"source":"x"}',
      { cell_type: "raw", source: "x" },
      ['cell 0 ("a"): cell_type must be "code", "markdown" or "raw", found "sql"'],
    ],
    [
      "fields of its own",
      '{"cell_type":"raw","id":"a","metadata":{},"source":"","x":[1]}',
      { x: [1] },
      ['cell 0 ("a"): x is not a field of a raw cell'],
    ],
    ["no id", '{"cell_type":"raw","metadata":{},"source":""}', { id: "new-1" }, ["cell 0: id is missing"]],
  ])("puts right a cell with %s", (_what, cell, expected, found) => {
    const result = readCells(cell);
    expect(result.notebook.cells[0]).toMatchObject(expected);
    expect(problems(result)).toEqual(found);
  });

  it.each<[string, string, JsonObject]>([
    [
      "a stream without a name",
      '{"output_type":"stream","text":["a"]}',
      { output_type: "stream", name: "stdout", text: "a" },
    ],
    [
      "a result without data",
      '{"output_type":"execute_result"}',
      { output_type: "execute_result", data: {}, metadata: {}, execution_count: null },
    ],
    [
      "an error with one line",
      '{"output_type":"error","ename":"E","traceback":"t"}',
      { output_type: "error", ename: "E", evalue: "", traceback: ["t"] },
    ],
    [
      "an unknown output",
      '{"output_type":"pyout","a":1.0}',
      {
        output_type: "display_data",
        data: { "application/json": new RawJson('{"output_type":"pyout","a":1.0}') },
        metadata: {},
      },
    ],
    [
      "no object",
      "5",
      { output_type: "display_data", data: { "application/json": new RawJson("{}") }, metadata: {} },
    ],
  ])("puts right %s", (_what, output, expected) => {
    const cell = `{"cell_type":"code","id":"a","metadata":{},"source":"","execution_count":null,"outputs":[${output}]}`;
    expect(readCells(cell).notebook.cells[0]).toMatchObject({ outputs: [expected] });
  });

  it("gives a cell with a repeated id a new one and says so", () => {
    const cell = '{"cell_type":"raw","id":"a","metadata":{},"source":""}';
    const result = readCells(cell, cell);
    expect(result.notebook.cells.map(({ id }) => id)).toEqual(["a", "new-1"]);
    expect(problems(result)).toEqual(['cell 1 ("a"): id is also the id of cell 0']);
    expect([...result.newIds]).toEqual(["new-1"]);
  });

  it.each([
    ["4.0", '{"nbformat":4,"nbformat_minor":0,"metadata":{},"cells":[]}', { major: 4, minor: 0 }, []],
    [
      "a version written as a float",
      '{"nbformat":4.0,"nbformat_minor":5,"metadata":{},"cells":[]}',
      { major: 4, minor: 5 },
      ["nbformat must be an integer, found 4.0"],
    ],
    [
      "3",
      '{"nbformat":3,"nbformat_minor":0,"metadata":{"name":"x"},"worksheets":[{"cells":[]}]}',
      { major: 3, minor: 0 },
      [],
    ],
    ["3 without a number", '{"metadata":{},"worksheets":[]}', { major: 3, minor: 0 }, []],
    [
      "4 without a number",
      '{"metadata":{},"cells":[]}',
      { major: 4, minor: 0 },
      ["nbformat_minor is missing", "nbformat is missing"],
    ],
    ["1", '{"cells":[{"cell_type":"text","text":"a"}]}', { major: 1, minor: 0 }, []],
    [
      "a later version",
      '{"nbformat":4,"nbformat_minor":9,"metadata":{},"cells":[]}',
      { major: 4, minor: 9 },
      ["nbformat_minor is 9, and 4.5 is the latest we know"],
    ],
  ])("reads version %s as 4.5", (_what, text, version, found) => {
    const result = read(text);
    expect(result.notebook).toMatchObject({ nbformat: 4, nbformat_minor: 5, metadata: {} });
    expect(result.version).toEqual(version);
    expect(problems(result)).toEqual(found);
  });

  it.each([
    [
      "NOTEBOOK_NOT_JSON",
      "",
      "not a notebook: the file is empty: expected a value at line 1, column 1, found the end",
    ],
    [
      "NOTEBOOK_NOT_JSON",
      " \n",
      "not a notebook: the file is empty: expected a value at line 2, column 1, found the end",
    ],
    [
      "NOTEBOOK_NOT_JSON",
      "\0\0\0",
      'not a notebook: it begins with NUL characters, as after a crash of the machine: expected a value at line 1, column 1, found "\\u0000"',
    ],
    [
      "NOTEBOOK_NOT_JSON",
      "<!DOCTYPE html>\n<html>",
      'not a notebook: it looks like HTML, perhaps a page shown in place of the file: expected a value at line 1, column 1, found "<"',
    ],
    [
      "NOTEBOOK_NOT_JSON",
      "import os\n",
      'not a notebook: it looks like a script: expected a value at line 1, column 1, found "i"',
    ],
    [
      "NOTEBOOK_NOT_JSON",
      "---\njupyter: x\n---\n",
      'not a notebook: it looks like Markdown or YAML, which Jupytext turns into a notebook: expected a value at line 1, column 1, found "-"',
    ],
    [
      "NOTEBOOK_NOT_JSON",
      "version https://git-lfs.github.com/spec/v1\n",
      'not a notebook: it is a Git LFS pointer, fetch the file with `git lfs pull`: expected a value at line 1, column 1, found "v"',
    ],
    [
      "NOTEBOOK_NOT_JSON",
      '{\n "cells": [\n<<<<<<< HEAD\n',
      'not a notebook: it holds conflict markers of a Git merge: expected a value at line 3, column 1, found "<"',
    ],
    [
      "NOTEBOOK_NOT_JSON",
      '{"cells": [{"cell_type": "co',
      "not a notebook: it ends in the middle, as if cut off: expected a closing quote at line 1, column 29, found the end",
    ],
    ["NOTEBOOK_NOT_JSON", '{"cells": ]}', 'not a notebook: expected a value at line 1, column 11, found "]"'],
    ["NOTEBOOK_NOT_A_NOTEBOOK", "[1]", "not a notebook: expected a JSON object, found a list"],
    ["NOTEBOOK_NOT_A_NOTEBOOK", "null", "not a notebook: expected a JSON object, found null"],
    [
      "NOTEBOOK_NOT_A_NOTEBOOK",
      '{"name":"x","version":"1"}',
      'not a notebook: a JSON object without "cells" and "nbformat"; it has "name", "version"',
    ],
    [
      "NOTEBOOK_NOT_A_NOTEBOOK",
      "{}",
      'not a notebook: a JSON object without "cells" and "nbformat"; it has no keys',
    ],
    [
      "NOTEBOOK_VERSION_UNSUPPORTED",
      '{"nbformat":5,"cells":[]}',
      "nbformat 5 is not supported, expected 1 to 4",
    ],
    [
      "NOTEBOOK_VERSION_UNSUPPORTED",
      '{"nbformat":"4","cells":[]}',
      'nbformat "4" is not supported, expected 1 to 4',
    ],
    ["NOTEBOOK_INVALID", '{"nbformat":4,"nbformat_minor":5}', "cells must be a list, found nothing"],
    [
      "NOTEBOOK_INVALID",
      '{"nbformat":4,"nbformat_minor":5,"cells":[{},null]}',
      "cells[1] must be an object, found null",
    ],
    [
      "NOTEBOOK_INVALID",
      '{"nbformat":3,"worksheets":[{"cells":[1]}]}',
      "worksheets[0].cells[0] must be an object, found 1",
    ],
    ["NOTEBOOK_INVALID", '{"nbformat":1,"cells":{}}', "cells must be a list, found an object"],
    [
      "NOTEBOOK_TOO_COMPLEX",
      "[".repeat(501),
      "not a notebook: JSON is nested deeper than 500 levels at line 1, column 501; keep such data in a file of its own",
    ],
  ])("throws %s for %j", (code, text, message) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ code, message }));
  });

  it("says where the text stops being JSON", () => {
    expect(() => read('{\n "cells": x')).toThrow(
      expect.objectContaining({ details: { offset: 12, line: 2, column: 11 } }),
    );
  });
});
