import { expect, it } from "vitest";
import { readFrameMessage } from "./frame-messages.ts";

it.each([
  [{ kind: "ready", more: 1 }, { kind: "ready" }],
  [
    { kind: "height", height: 12.2 },
    { kind: "height", height: 13 },
  ],
  [
    { kind: "height", height: 1e9 },
    { kind: "height", height: 4000 },
  ],
  [{ kind: "height", height: -1 }, undefined],
  [{ kind: "height", height: Number.NaN }, undefined],
  [{ kind: "height", height: "12" }, undefined],
  [
    { kind: "failed", message: "no" },
    { kind: "failed", message: "no" },
  ],
  [{ kind: "failed", message: {} }, undefined],
  [{ kind: "navigate", href: "https://canary.example" }, undefined],
  ["ready", undefined],
  [null, undefined],
])("reads %j of a frame as %j", (data, expected) => {
  expect(readFrameMessage(data)).toEqual(expected);
});
