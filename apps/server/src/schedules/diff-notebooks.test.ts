import type { Notebook } from "@notemill/nbformat";
import { expect, it } from "vitest";
import { notebookOf } from "../runs/notebook-of.ts";
import { diffNotebooks } from "./diff-notebooks.ts";

function notebook(sources: readonly string[]): Notebook {
  const cells = sources.map((source, index) => ({
    cell_type: "code",
    id: `c${index}`,
    source,
    metadata: {},
    outputs: [],
    execution_count: null,
  }));
  const text = JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
  return notebookOf(Buffer.from(text));
}
const lines = (count: number, word: string): string =>
  Array.from({ length: count }, (_, line) => `${word} ${line}`).join("\n");

it("compares cells of very many lines as far as that is little work, and says of the others that they were replaced", () => {
  const before = [
    lines(50_000, "before"),
    ...Array.from({ length: 20 }, () => lines(3000, "before")),
    "a\nb",
  ];
  const now = [lines(50_000, "now"), ...Array.from({ length: 20 }, () => lines(3000, "now")), "a\nc"];
  const changes = diffNotebooks(notebook(before), notebook(now));
  expect(changes.map(({ kind, lines: { length } }) => [kind, length])).toEqual([
    ["changed", 100_000],
    ...Array.from({ length: 20 }, () => ["changed", 6000]),
    ["changed", 4],
  ]);
  expect(changes.at(-1)?.lines).toEqual(["-a", "-b", "+a", "+c"]);
  expect(diffNotebooks(notebook(["a\nb"]), notebook(["a\nc"]))[0]?.lines).toEqual([" a", "-b", "+c"]);
});
