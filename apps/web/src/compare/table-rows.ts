/** A table, as far as rows can be compared: its lines of cells, the head first. */
export interface TableRows {
  /** Rows at the top that are the head. */
  readonly headCount: number;
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads the rows of the one table in markup that `@notemill/html-export` has written, which is
 * plain: lower-case names, and no `<` in text. Null where there is no table, or more than one.
 */
export function tableRows(html: string): TableRows | null {
  const [table, ...others] = html.split(/<table[ >]/).slice(1);
  if (table === undefined || others.length > 0) return null;
  const lines = table.split(/<tr[ >]/).slice(1);
  const rows = lines.map((line) =>
    [...line.matchAll(/<t[hd](?: [^>]*)?>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => textOf(cell)),
  );
  const [head = "", ...body] = table.split("</thead>");
  return { headCount: body.length === 0 ? 0 : head.split(/<tr[ >]/).length - 1, rows };
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
