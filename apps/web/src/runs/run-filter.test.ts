import { expect, it } from "vitest";
import { readFilter, runsHref } from "./run-filter.ts";

it.each([
  ["", {}, "/runs"],
  ["status=failed", { status: "failed" }, "/runs?status=failed"],
  ["status=gone&tag=", {}, "/runs"],
  [
    "path=%2Fshared%2Fa%20b.ipynb&tag=x&other=1",
    { path: "/shared/a b.ipynb", tag: "x" },
    "/runs?path=%2Fshared%2Fa+b.ipynb&tag=x",
  ],
])("reads %j", (text, filter, href) => {
  expect(readFilter(new URLSearchParams(text))).toEqual(filter);
  expect(runsHref(filter as Parameters<typeof runsHref>[0])).toBe(href);
});
