import { expect, it } from "vitest";
import { createIds } from "./create-ids.ts";

it("gives ids of version 7, none twice, in the order of their making", () => {
  const newId = createIds();
  const ids = Array.from({ length: 5000 }, newId);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ids).toEqual([...new Set(ids)].toSorted());
  expect(
    Math.abs(Number.parseInt((ids[0] ?? "").replace("-", "").slice(0, 12), 16) - Date.now()),
  ).toBeLessThan(60_000);
});
