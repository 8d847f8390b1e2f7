import { afterAll, beforeAll, it } from "vitest";
import { startPython } from "../../json/test/python-process.ts";
import type { PythonProcess } from "../../json/test/python-process.ts";
import { fileNotebookV3 } from "./arbitrary-notebook-v3.ts";
import { expectSameBytesOfAny } from "./round-trips.ts";

let python: PythonProcess;

beforeAll(() => {
  python = startPython(new URL("nbformat-oracle.py", import.meta.url));
});

afterAll(() => python.close());

it("gives any notebook of nbformat 3 the bytes that Jupyter's nbformat gives it", () =>
  expectSameBytesOfAny(python, fileNotebookV3));
