import { createNotebookRenderer } from "@notemill/html-export";
import { readNotebook } from "@notemill/nbformat";
import { expect, it } from "vitest";
import { cellOfMatch, findCells } from "./find-cells.ts";

const OUTPUTS = [
  { output_type: "stream", name: "stdout", text: "ra\u001B[31min\u001B[0m (mm)" },
  {
    output_type: "error",
    ename: "ValueError",
    evalue: "bad region",
    traceback: ["\u001B[1mframe\u001B[0m seven"],
  },
  {
    output_type: "display_data",
    metadata: {},
    data: { "text/html": "<style>b{}</style><b class='hail'>snow</b>", "text/plain": "not shown" },
  },
  {
    output_type: "display_data",
    metadata: {},
    data: { "application/json": { wind: 3 }, "text/plain": "not shown" },
  },
];

const renderer = createNotebookRenderer(
  readNotebook(
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [
        { cell_type: "markdown", id: "t", metadata: {}, source: "# Weather\n\nOf Seattle" },
        {
          cell_type: "code",
          id: "a",
          metadata: {},
          source: "show('rain')",
          execution_count: 1,
          outputs: OUTPUTS,
        },
        {
          cell_type: "code",
          id: "b",
          metadata: { tags: ["remove-output"] },
          source: "secret = 1",
          execution_count: 2,
          outputs: [{ output_type: "stream", name: "stdout", text: "removed" }],
        },
      ],
    }),
    { newId: () => "new" },
  ).notebook,
);

it.each([
  ["seattle", [0]],
  ["rain (", [1]],
  ["value", [1]],
  ["frame seven", [1]],
  ["snow", [1]],
  ["wind", [1]],
  ["secret", [2]],
  ["hail", []],
  ["not shown", []],
  ["removed", []],
  ["", []],
])("finds %j in the cells %j", (wanted, cells) => {
  expect(findCells(renderer.parts, wanted, { code: "show" }).map(({ place }) => place)).toEqual(cells);
});

it("finds nothing in code that is hidden", () => {
  expect(findCells(renderer.parts, "show(", { code: "hide" })).toEqual([]);
  expect(findCells(renderer.parts, "snow", { code: "hide" })).toEqual([{ place: 1, count: 1 }]);
});

it("counts every place in a cell, and knows which cell has which", () => {
  const found = findCells(renderer.parts, "A", { code: "show" });
  expect(found).toEqual([
    { place: 0, count: 2 },
    { place: 1, count: 5 },
  ]);
  expect([0, 1, 2, 6, 7].map((at) => cellOfMatch(found, at))).toEqual([
    { place: 0, nth: 0 },
    { place: 0, nth: 1 },
    { place: 1, nth: 0 },
    { place: 1, nth: 4 },
    null,
  ]);
});
