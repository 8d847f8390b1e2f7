import { expect, it } from "vitest";
import { formatBytes } from "./format-bytes.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 KB"],
  [4210, "4.2 KB"],
  [123_456, "123 KB"],
  [5_000_000_000, "5.0 GB"],
  [7e15, "7000 TB"],
])("writes %d bytes", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
