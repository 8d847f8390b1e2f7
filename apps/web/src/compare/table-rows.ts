/** A table, as far as rows can be compared. */
export interface TableRows {
  /** What each column is called, by all the rows of the head that name it. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many columns at the left are heads of their rows. */
  readonly headColumns: number;
}

/**
 * Reads the rows of the one table in markup that `@notemill/html-export` has written, which is
 * plain: lower-case names, and no `<` in text. Null where there is no table, or more than one.
 *
 * A cell that goes over several columns or rows is in each of them, as pandas writes the levels of an index.
 */
export function tableRows(html: string): TableRows | null {
  const [table, ...others] = html.split(/<table[ >]/).slice(1);
  if (table === undefined || others.length > 0) return null;
  const [head = "", ...rest] = table.split("</thead>");
  const body = readCells(rest.length === 0 ? table : rest.join(""));
  return {
    head: rest.length === 0 ? [] : columnNames(readCells(head)),
    rows: body.map((cells) => cells.map(({ text }) => text)),
    headColumns: Math.min(...body.map((cells) => headsAtLeft(cells)), Number.MAX_SAFE_INTEGER),
  };
}

interface ReadCell {
  readonly text: string;
  readonly isHead: boolean;
}

/** More columns or rows than these are of no cell: it is taken for one that says something wrong. */
const MOST_SPAN = 1000;

function readCells(markup: string): readonly (readonly ReadCell[])[] {
  const rows: ReadCell[][] = [];
  /** Cells of rows above that go on, by column, with the rows that are left. */
  const going = new Map<number, { readonly cell: ReadCell; left: number }>();
  for (const line of markup.split(/<tr[ >]/).slice(1)) {
    const row: ReadCell[] = [];
    const takeGoing = (): void => {
      for (let on = going.get(row.length); on !== undefined; on = going.get(row.length)) {
        on.left -= 1;
        if (on.left === 0) going.delete(row.length);
        row.push(on.cell);
      }
    };
    for (const [, kind, attributes = "", content = ""] of line.matchAll(
      /<t([hd])((?: [^>]*)?)>(.*?)<\/t[hd]>/gs,
    )) {
      takeGoing();
      const cell = { text: textOf(content), isHead: kind === "h" };
      const [wide, high] = [spanOf(attributes, "colspan"), spanOf(attributes, "rowspan")];
      for (let at = 0; at < wide; at += 1) {
        if (high > 1) going.set(row.length, { cell, left: high - 1 });
        row.push(cell);
      }
    }
    takeGoing();
    rows.push(row);
  }
  return rows;
}

function spanOf(attributes: string, name: string): number {
  const [, digits = "1"] = new RegExp(` ${name}="(\\d+)"`).exec(attributes) ?? [];
  const span = Number(digits);
  return span >= 1 && span <= MOST_SPAN ? span : 1;
}

/** The names of columns: pandas gives the index one in a row of its own, and each level of columns has a row. */
function columnNames(rows: readonly (readonly ReadCell[])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(({ length }) => length));
  return Array.from({ length: width }, (_, column) =>
    rows
      .map((row) => row[column]?.text ?? "")
      .filter((text, at, all) => text !== "" && text !== all[at - 1])
      .join(" "),
  );
}

function headsAtLeft(cells: readonly ReadCell[]): number {
  const first = cells.findIndex(({ isHead }) => !isHead);
  return first < 0 ? cells.length : first;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u{a0}" };

function textOf(markup: string): string {
  return markup
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name = "") => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return NAMED[String(name)] ?? whole;
    })
    .trim();
}
