import { expect, it } from "vitest";
import { checkParameterSize } from "./parameter-size.ts";

it("takes no more levels than can be read in a claim", () => {
  const nested = (levels: number): string => `{"x":${"[".repeat(levels - 1)}${"]".repeat(levels - 1)}}`;
  checkParameterSize(nested(450), 2 ** 20);
  expect(() => checkParameterSize(nested(451), 2 ** 20)).toThrow(
    expect.objectContaining({ code: "PARAMETERS_TOO_LARGE", details: { maxLevels: 450 } }),
  );
});

it.each([
  ["{}", 2],
  ['{"x":"ä"}', 10],
  ['{"x":"😀"}', 12],
])("takes %s where that many bytes may be, and no less", (text, bytes) => {
  checkParameterSize(text, bytes);
  expect(() => checkParameterSize(text, bytes - 1)).toThrow(
    expect.objectContaining({ code: "PARAMETERS_TOO_LARGE", details: { bytes, maxBytes: bytes - 1 } }),
  );
});
