import { isJsonObject } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import type { CodeCell } from "@notemill/nbformat";
import { afterAll, describe, expect, it } from "vitest";

import { describeParameters, findTaggedCell, inferParameters } from "@notemill/parameters";

import { asText, startOracle } from "./oracle.ts";

const oracle = startOracle();
afterAll(() => oracle[Symbol.asyncDispose]());

function codeCell(source: string, metadata: JsonObject): CodeCell {
  return { cell_type: "code", execution_count: null, id: "a", metadata, outputs: [], source };
}

describe("describeParameters", () => {
  it.each([
    [
      "short and long definitions",
      "x = 1  # help\nlonger_name: Dict[str, int] = {}  # of the second\nthird = 'no help at all is given'\ny: int = 2",
    ],
    ["a definition of 30 characters", "abc = 12345678901\nabcd = 12345678901\nabcé = 1234567890  # help"],
    ["no parameters", "print(1)\n"],
    ["a type and no help", "x = 1 # type: float"],
    ["help of a definition just too long", "abcdefg = 12345678901 # help"],
  ])("describes %s as papermill does", async (_what, source) => {
    const metadata = { tags: ["parameters"] };
    const { value } = await oracle.ask("help", { cells: [[source, metadata]] });
    const { path, text } = isJsonObject(value) ? value : {};
    const parameters = inferParameters({ cells: [codeCell(source, metadata)] }, { language: "python" });
    expect(describeParameters({ parameters, path: asText(path) })).toBe(text);
  });

  it("says when no cell is tagged", async () => {
    const { value } = await oracle.ask("help", { cells: [["x = 1", {}]] });
    const { path, text } = isJsonObject(value) ? value : {};
    expect(findTaggedCell({ cells: [codeCell("x = 1", {})] }, "parameters")).toBe(-1);
    expect(describeParameters({ parameters: undefined, path: asText(path) })).toBe(text);
  });

  it("says which parameters must be given", () => {
    const cells = [codeCell("x: int", { tags: ["parameters"] })];
    const parameters = inferParameters({ cells }, { language: "python" });
    expect(describeParameters({ parameters, path: "a.ipynb" })).toContain("  x: int (required)");
  });
});
