import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Notebook, readNotebook } from "@notemill/nbformat";

/** Folder of the notebooks that the tests read. */
export const FIXTURES: string = fileURLToPath(new URL("../fixtures/", import.meta.url));

/** Reads a notebook of the fixtures, with `replace` made in its text first. */
export function readFixture(name: string, replace: readonly (readonly [string, string])[] = []): Notebook {
  let text = readFileSync(`${FIXTURES}${name}`, "utf8");
  for (const [from, to] of replace) text = text.replaceAll(from, to);
  let count = 0;
  return readNotebook(text, { newId: () => `new-${++count}` }).notebook;
}
