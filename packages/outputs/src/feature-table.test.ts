import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { featureTable } from "./feature-table.tsx";

const table = (value: unknown) => featureTable(new RawJson(JSON.stringify(value)));

it("has a row for each feature, and a column for each property", () => {
  const found = table({
    type: "FeatureCollection",
    features: [
      { type: "Feature", geometry: null, properties: { name: "north", people: 5 } },
      { type: "Feature", geometry: null, properties: null },
      { type: "Feature", geometry: null, properties: { people: 7.5, tags: ["a"] } },
    ],
  });
  expect(found?.columns).toMatchObject([
    { name: "name", isNumber: false },
    { name: "people", isNumber: true },
    { name: "tags", isNumber: false },
  ]);
  expect([0, 1, 2].map((row) => found?.cells(row))).toEqual([
    ["north", "5", ""],
    ["", "", ""],
    ["", "7.5", '["a"]'],
  ]);
});

it("takes a feature alone, and nothing where nothing is said", () => {
  expect(table({ type: "Feature", properties: { a: 1 } })?.rowCount).toBe(1);
  for (const value of [{ type: "Point", coordinates: [1, 2] }, { type: "FeatureCollection" }, 1, null])
    expect(table(value)).toBeUndefined();
});
