import { describe, expect, it } from "vitest";
import { createRecordOrder } from "./record-order.ts";

/** Takes records in turn and says which were taken, and which were missing. */
function trace(first: number | null, ...sequences: readonly number[]): string {
  const seen: string[] = [];
  const order = createRecordOrder(first, (from, to) => void seen.push(`(${from}-${to})`));
  for (const sequence of sequences) if (order.advance(sequence)) seen.push(String(sequence));
  return seen.join(" ");
}

describe("the order of records", () => {
  it.each([
    ["in turn", trace(1, 1, 2, 3), "1 2 3"],
    ["from the middle on", trace(5, 3, 4, 5, 6), "5 6"],
    ["once", trace(1, 1, 2, 2, 1, 3), "1 2 3"],
    ["with gaps", trace(1, 2, 5), "(1-1) 2 (3-4) 5"],
    ["from wherever they begin", trace(null, 7, 8), "7 8"],
  ])("takes them %s", (_how, taken, expected) => {
    expect(taken).toBe(expected);
  });

  it("tells when a record was taken, or never will be", async () => {
    const order = createRecordOrder(1, () => {});
    const second = order.until(2);
    const ninth = order.until(9);
    order.advance(1);
    order.advance(2);
    await second;
    order.close();
    await ninth;
    await order.until(100);
    expect(order).toMatchObject({ last: 2, next: 3 });
  });
});
