/** One column of a {@link textTable}. */
export interface TableColumn {
  readonly title: string;
  /** Default `left`. */
  readonly align?: "left" | "right";
  /**
   * Where a cell that is too long for the terminal is cut: `start` suits paths.
   * Default: `end`, and `never` for what stands right, as a number that is cut is another number.
   */
  readonly cut?: "start" | "end" | "never";
}

/** How to lay out a {@link textTable}. */
export interface TextTableOptions {
  /** Columns of the terminal. Default: no limit, as for a file. */
  readonly width?: number | undefined;
}

/** A column is not cut below this, in characters: less says nothing. */
const LEAST_WIDTH = 12;

/**
 * Lays rows out in columns as wide as their widest cell; no lines, two spaces between columns.
 *
 * Where that is wider than the terminal, long cells are cut with an ellipsis.
 * Where it is still too wide, every row becomes a block with a line for each of its cells.
 */
export function textTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  { width = Infinity }: TextTableOptions = {},
): string {
  const wanted = columns.map(({ title }, at) =>
    Math.max(title.length, ...rows.map((row) => (row[at] ?? "").length)),
  );
  const widths = fitWidths(columns, wanted, width);
  return widths === undefined ? stacked(columns, rows, width) : sideBySide(columns, rows, widths);
}

/** Takes from the widest column that can be cut until all fit; `undefined` where that is not enough. */
function fitWidths(
  columns: readonly TableColumn[],
  wanted: readonly number[],
  width: number,
): readonly number[] | undefined {
  const widths = [...wanted];
  let excess = widths.reduce((sum, it) => sum + it, 2 * (columns.length - 1)) - width;
  while (excess > 0) {
    const least = columns.map((column) =>
      cutOf(column) === "never" ? Infinity : Math.max(LEAST_WIDTH, column.title.length),
    );
    const room = widths.map((it, at) => (it > (least[at] ?? Infinity) ? it : 0));
    const widest = room.indexOf(Math.max(...room));
    const next = Math.max(0, ...room.filter((_it, at) => at !== widest));
    const current = room[widest] ?? 0;
    if (current === 0) return undefined;
    // Down to the next widest in one go, as a cell may be long.
    const taken = Math.min(excess, Math.max(1, current - Math.max(next, least[widest] ?? 0)));
    widths[widest] = current - taken;
    excess -= taken;
  }
  return widths;
}

function sideBySide(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): string {
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, at) => {
        const width = widths[at] ?? 0;
        const cell = shortenedTo(width, cells[at] ?? "", cutOf(column));
        return column.align === "right" ? cell.padStart(width) : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)].join("\n");
}

/** Every row as a block; nothing is left out, and long cells go on below themselves. */
function stacked(
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const longest = Math.max(...columns.map(({ title }) => title.length));
  const label = Math.max(1, Math.min(longest, Math.floor(width / 2)));
  const room = Math.max(1, width - label - 2);
  const block = (row: readonly string[]): string =>
    columns
      .flatMap(({ title }, at) => {
        const head = shortenedTo(label, title, "end").padEnd(label);
        return pieces(row[at] ?? "", room).map((piece, index) =>
          `${index === 0 ? head : " ".repeat(label)}  ${piece}`.trimEnd(),
        );
      })
      .join("\n");
  return rows.map(block).join("\n\n");
}

/** Lines of at most `length` characters, broken at a space unless that wastes most of a line. */
function pieces(text: string, length: number): readonly string[] {
  const found: string[] = [];
  let at = 0;
  while (text.length - at > length) {
    const space = text.lastIndexOf(" ", at + length);
    const end = space > at + length / 4 ? space : at + length;
    found.push(text.slice(at, end));
    at = end === space ? end + 1 : end;
  }
  return [...found, text.slice(at)];
}

function cutOf({ align, cut }: TableColumn): "start" | "end" | "never" {
  return cut ?? (align === "right" ? "never" : "end");
}

function shortenedTo(width: number, text: string, cut: "start" | "end" | "never"): string {
  if (text.length <= width) return text;
  return cut === "start" ? `…${text.slice(text.length - width + 1)}` : `${text.slice(0, width - 1)}…`;
}
