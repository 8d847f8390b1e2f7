import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { createRequestKeys } from "./request-keys.ts";

it("gives the same key to the same request in a row, and another to any other", () => {
  const keyFor = createRequestKeys();
  const asked = (n: number) => ({ path: "/a", parameters: new RawJson(`{"n":${n}}`) });
  const first = keyFor(asked(1));
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(keyFor(asked(1))).toBe(first);
  const second = keyFor(asked(2));
  expect(second).not.toBe(first);
  // What was meant differently in between is meant anew.
  expect([first, second]).not.toContain(keyFor(asked(1)));
});
