import { expect, it } from "vitest";
import { tableRows } from "./table-rows.ts";

const rows = (kind: "th" | "td", ...lines: readonly string[]): string =>
  lines
    .map(
      (line) =>
        `<tr>${line
          .split(",")
          .map((it, at) => (at === 0 ? `<th>${it}</th>` : `<${kind}>${it}</${kind}>`))
          .join("")}</tr>`,
    )
    .join("");

const table = (head: string, body: string): string =>
  `<div><table class="dataframe"><thead>${head}</thead><tbody>${body}</tbody></table></div>`;

it("names columns by all rows of the head, as pandas has one for the name of the index", () => {
  const read = tableRows(table(rows("th", ",min,max", "date,,"), rows("td", "January,1,2")));
  expect(read).toEqual({ head: ["date", "min", "max"], rows: [["January", "1", "2"]], headColumns: 1 });
});

it("puts what goes over several columns or rows into each of them", () => {
  const head = `<tr><th colspan="2"></th><th colspan="2" halign="left">rain</th></tr>${rows("th", "city,year,min,max")}`;
  const body = `<tr><th rowspan="2">Lyon</th><th>2014</th><td>1</td><td>2</td></tr><tr><th>2015</th><td>3</td><td>4</td></tr>`;
  expect(tableRows(table(head, body))).toEqual({
    head: ["city", "year", "rain min", "rain max"],
    rows: [
      ["Lyon", "2014", "1", "2"],
      ["Lyon", "2015", "3", "4"],
    ],
    headColumns: 2,
  });
});

it("reads no table where there is none, or more than one", () => {
  expect([tableRows("<p>x</p>"), tableRows("<table><tr></tr></table><table></table>")]).toEqual([null, null]);
});
