import { expect, it } from "vitest";
import { parseSize } from "./parse-size.ts";

it.each([
  ["1024", 1024],
  ["1b", 1],
  ["512MiB", 512 * 2 ** 20],
  ["512M", 512 * 2 ** 20],
  ["2g", 2 * 2 ** 30],
  ["1.5 GB", 1.5 * 2 ** 30],
])("reads %s", (text, bytes) => expect(parseSize(text, "--memory")).toBe(bytes));

it.each(["", "much", "-1G", "1Q", "1 2", "0x10"])("refuses %j, and says how it is written", (text) =>
  expect(() => parseSize(text, "--memory")).toThrow("give one as 512MiB or 2GiB"),
);
