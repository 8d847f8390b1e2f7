import { expect, it } from "vitest";
import { checkParameterSize } from "./parameter-size.ts";

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
