import type { File } from "@notemill/api";
import { expect, it } from "vitest";
import { nextOrder, orderEntries, orderText, readOrder } from "./file-order.ts";

/** Entries as `name:kind:size:year`. */
const ENTRIES = ["d:directory::", "e:directory::", "a:file:3:2024", "b:file:1:2026", "c:file:3:2025"].map(
  (text) => {
    const [name = "", kind, size, year] = text.split(":");
    return {
      name,
      kind,
      size: size === "" ? null : Number(size),
      modified_at: year === "" ? null : `${year}-01-01T00:00:00Z`,
    } as File;
  },
);

it.each([
  [null, "d e a b c"],
  ["-name", "e d c b a"],
  ["size", "d e b a c"],
  ["-size", "d e a c b"],
  ["-changed", "d e b c a"],
  ["nonsense", "d e a b c"],
])("orders by %j", (text, names) => {
  expect(
    orderEntries(ENTRIES, readOrder(text))
      .map(({ name }) => name)
      .join(" "),
  ).toBe(names);
});

it("takes the newest and the largest first, then the other way", () => {
  const first = nextOrder(readOrder(null), "changed");
  expect([orderText(first), orderText(nextOrder(first, "changed"))]).toEqual(["-changed", "changed"]);
  expect(orderText(nextOrder(first, "name"))).toBe(null);
});
