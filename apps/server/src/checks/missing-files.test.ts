import { expect, it } from "vitest";
import { missingFile } from "./missing-files.ts";

it.each([
  ["[Errno 2] No such file or directory: 'data/a.csv'", "data/a.csv", ["data/a.csv"]],
  ["[Errno 2] No such file or directory: './a b.csv'", "./a b.csv", ["a b.csv"]],
  ["No module named 'helpers'", "helpers", ["helpers.py", "helpers/__init__.py"]],
  ["No module named 'lib.io'", "lib.io", ["lib/io.py", "lib.py", "lib/__init__.py"]],
  ["cannot open file 'a.csv': No such file or directory", "a.csv", ["a.csv"]],
  ['IO Error: No files found that match the pattern "data/*.csv"', "data/*.csv", ["data/*.csv"]],
  ["cat: a.txt: No such file or directory", "a.txt", ["a.txt"]],
  ["No such file or directory (os error 2): readfile 'a.json'", "a.json", ["a.json"]],
  ["division by zero", null, null],
])("in %j finds %j", (evalue, path, candidates) => {
  const failure = {
    code: "CELL_FAILED",
    message: "",
    cell_id: null,
    cell_index: null,
    ename: "E",
    traceback: [],
  };
  const found = missingFile({ ...failure, evalue });
  const isModule = evalue.includes("module");
  expect(found).toEqual(path === null ? null : { path, candidates, isModule });
});
