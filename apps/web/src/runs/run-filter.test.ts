import { expect, it } from "vitest";
import { readFilter, runsHref, runsQuery } from "./run-filter.ts";

it.each([
  ["", {}, "/runs"],
  ["status=failed", { status: "failed" }, "/runs?status=failed"],
  ["status=gone&tag=&within=ever", {}, "/runs"],
  ["children=false", {}, "/runs"],
  ["status=lost&children=true", { status: "lost", children: "true" }, "/runs?status=lost&children=true"],
  ["owner=ada&within=day", { owner: "ada", within: "day" }, "/runs?owner=ada&within=day"],
  [
    "path=%2Fshared%2Fa%20b.ipynb&tag=x&other=1",
    { path: "/shared/a b.ipynb", tag: "x" },
    "/runs?path=%2Fshared%2Fa+b.ipynb&tag=x",
  ],
])("reads %j", (text, filter, href) => {
  expect(readFilter(new URLSearchParams(text))).toEqual(filter);
  expect(runsHref(filter as Parameters<typeof runsHref>[0])).toBe(href);
});

it("asks for what is not older than that", () => {
  const now = new Date("2026-03-02T12:00:00Z");
  expect(runsQuery({ tag: "x", within: "day" }, now)).toEqual({
    tag: "x",
    since: "2026-03-01T12:00:00.000Z",
    children: false,
  });
  expect(runsQuery({ tag: "x" }, now)).toEqual({ tag: "x", children: false });
  expect(runsQuery({ tag: "x", children: "true" }, now)).toEqual({ tag: "x", children: true });
});
