import { expect, it } from "vitest";
import { compareHref, readSide, sideText } from "./side.ts";

const ID = "01a225ae-2ece-7470-a221-d9dcef6ba566";

it.each([
  [ID, ID],
  [` /runs/${ID}`, ID],
  [`http://localhost:8765/runs/${ID}`, ID],
  ["/shared/a.ipynb", "/shared/a.ipynb"],
  ["~/a b@c.ipynb@12", "~/a b@c.ipynb@12"],
  ["http://localhost/view/home/me/a.ipynb", "/home/me/a.ipynb"],
  ["/shared/a.csv", null],
  ["a.ipynb", null],
  ["", null],
])("reads %j as %j", (text, expected) => {
  const side = readSide(text);
  expect(side === null ? null : sideText(side)).toBe(expected);
});

it("is an address that leads to the same comparison", () => {
  const href = compareHref({ kind: "run", id: ID }, { kind: "file", path: "/a&b.ipynb", version: 3 });
  expect(href).toBe(`/compare?a=${ID}&b=%2Fa%26b.ipynb%403`);
  expect(compareHref(null, null)).toBe("/compare?");
});
