import { RawJson } from "@notemill/json";
import { expect, it } from "vitest";
import { tryParameters } from "./try-parameters.ts";

it("tries what the first slot would get, and the first value of each list", () => {
  const asked = new RawJson('{"day":{"cel":"trigger.slot.date()"},"rate":1.0}');
  const resolved = new RawJson('{"day":"2026-03-01","rate":1.0}');
  const axes = new Map([["region", ["north", "south"]]]);
  expect(tryParameters(resolved, asked, axes)?.text).toBe('{"day":"2026-03-01","rate":1.0,"region":"north"}');
});

it("tries what does not follow an event, and nothing else", () => {
  expect(tryParameters(undefined, new RawJson('{"rate":1.0}'), new Map())?.text).toBe('{"rate":1.0}');
  expect(
    tryParameters(undefined, new RawJson('{"id":{"cel":"trigger.body.id"}}'), new Map()),
  ).toBeUndefined();
});
