import { expect, it } from "vitest";
import { boundedFailure } from "./bounded-failure.ts";

it("leaves what is short as it is", () => {
  const failure = {
    code: "CELL_FAILED",
    message: "ValueError: no",
    ename: "ValueError",
    evalue: "no",
    traceback: ["Cell In[1], line 1", "ValueError: no"],
  };
  expect(boundedFailure(failure)).toEqual(failure);
});

it("tells how what is long begins and ends", () => {
  const long = `begin ${"x".repeat(10_000_000)} end`;
  const traceback = ["first", ...Array.from({ length: 10_000 }, () => long.slice(0, 5000)), "last"];
  const bounded = boundedFailure({
    code: "CELL_FAILED",
    message: long,
    ename: long,
    evalue: long,
    traceback,
  });
  for (const text of [bounded.message, bounded.ename, bounded.evalue])
    expect(text).toMatch(/^begin x+ … 9,996,010 characters … x+ end$/);
  expect([bounded.traceback?.[0], bounded.traceback?.[50], bounded.traceback?.at(-1)]).toEqual([
    "first",
    "… 9902 more …",
    "last",
  ]);
  expect(JSON.stringify(bounded).length).toBeLessThan(500_000);
});
