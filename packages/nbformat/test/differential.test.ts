import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startPython } from "../../json/test/python-process.ts";
import type { PythonProcess } from "../../json/test/python-process.ts";
import { fileNotebook } from "./arbitrary-notebook.ts";
import { expectSameBytes, expectSameBytesOfAny } from "./round-trips.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);

let python: PythonProcess;

beforeAll(() => {
  python = startPython(new URL("nbformat-oracle.py", import.meta.url));
});

afterAll(() => python.close());

describe("reading and writing", () => {
  it.each(readdirSync(FIXTURES))("gives %s the bytes that Jupyter's nbformat gives it", (name) =>
    expectSameBytes(python, readFileSync(new URL(name, FIXTURES), "utf8")),
  );

  it("gives any notebook of nbformat 4 the bytes that Jupyter's nbformat gives it", () =>
    expectSameBytesOfAny(python, fileNotebook));
});
