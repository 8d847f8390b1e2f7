import type { Notebook } from "@notemill/nbformat";
import { readNotebook } from "@notemill/nbformat";
import { expect, it } from "vitest";
import { attemptScraps } from "./attempt-scraps.ts";

/** A notebook that recorded these scraps, each as its JSON. */
function recorded(scraps: Readonly<Record<string, string>>, encoder = "json"): Notebook {
  const outputs = Object.entries(scraps).map(
    ([name, json]) =>
      `{"output_type":"display_data","metadata":{},"data":{"application/scrapbook.scrap.${encoder}+json":` +
      `{"name":${JSON.stringify(name)},"data":${json},"encoder":"${encoder}","version":1}}}`,
  );
  const cell = `{"cell_type":"code","id":"a","metadata":{},"execution_count":1,"source":"","outputs":[${outputs.join(",")}]}`;
  const text = `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[${cell}]}`;
  return readNotebook(text, { newId: () => "x" }).notebook;
}

it("keeps numbers as they were written", () => {
  const scraps = attemptScraps(recorded({ rate: "1.0", big: "9007199254740993", rows: '{"a": [1, 2.50]}' }));
  expect(scraps?.data.text).toBe(
    '{"rate":1.0,"big":9007199254740993,"rows":{"a": [1, 2.50]}}'.replaceAll(": ", ":").replaceAll(", ", ","),
  );
  expect(scraps?.left_out).toEqual([]);
});

it("names what does not fit, and goes on with what does", () => {
  const large = JSON.stringify("x".repeat(200_000));
  const scraps = attemptScraps(recorded({ first: large, second: large, third: "3" }));
  expect(scraps?.left_out).toEqual(["second"]);
  expect(Object.keys(JSON.parse(scraps?.data.text ?? "") as object)).toEqual(["first", "third"]);
});

it("leaves data frames to the output notebook", () => {
  expect(attemptScraps(recorded({ frame: '"QVJST1c="' }, "pandas"))).toEqual({
    data: expect.objectContaining({ text: "{}" }) as unknown,
    left_out: ["frame"],
  });
});

it("is nothing for a notebook that recorded nothing", () => {
  expect(attemptScraps(recorded({}))).toBeNull();
});
