/** What is wanted of a file that holds a table. */
export interface TableRequest {
  /** Tells answers apart. */
  readonly id: number;
  /** Name of the file in the reader's directory. */
  readonly file: string;
  readonly format: "csv" | "tsv" | "json" | "parquet";
  /** Null for the order of the file. */
  readonly sort: { readonly column: string; readonly direction: "asc" | "desc" } | null;
  /** All have to hold. */
  readonly filters: readonly TableFilter[];
  readonly offset: number;
  readonly limit: number;
}

/** What has to be true of a column. */
export interface TableFilter {
  readonly column: string;
  readonly is: "contains" | "equals" | "above" | "below";
  readonly value: string;
}

/** A statement with what its parameters are. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly string[];
}

/** The most columns that are shown; sorted and filtered is by all. */
export const MOST_COLUMNS = 500;

/** The statements that answer a request: the rows of a page, and how many there are in all. */
export function tableStatements(
  request: TableRequest,
  columns: readonly string[],
): { readonly rows: Statement; readonly count: Statement } {
  const known = (column: string): string => {
    if (!columns.includes(column)) {
      const some = columns.length > 20 ? [...columns.slice(0, 20), "…"] : columns;
      throw new Error(`there is no column "${column}"; there are ${some.join(", ")}`);
    }
    return quoteName(column);
  };
  const conditions = request.filters.map((filter, index) =>
    condition(known(filter.column), filter.is, index + 1),
  );
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const from = `${tableOf(request)}${where}`;
  const { sort } = request;
  const order =
    sort === null
      ? ""
      : ` ORDER BY ${known(sort.column)} ${sort.direction === "asc" ? "ASC" : "DESC"} NULLS LAST`;
  const shown =
    columns.length > MOST_COLUMNS ? columns.slice(0, MOST_COLUMNS).map(quoteName).join(", ") : "*";
  const values = request.filters.map(({ value }) => value);
  return {
    rows: {
      sql: `SELECT ${shown} FROM ${from}${order} LIMIT ${whole(request.limit)} OFFSET ${whole(request.offset)}`,
      values,
    },
    count: { sql: `SELECT count(*) FROM ${from}`, values },
  };
}

/** The table in a file, as DuckDB finds out what is in it. */
export function tableOf({ file, format }: Pick<TableRequest, "file" | "format">): string {
  if (!/^[\w-]+\.[a-z]+$/.test(file)) throw new Error("a file of the reader has a plain name");
  const name = `'${file}'`;
  switch (format) {
    case "csv":
      return `read_csv(${name})`;
    case "tsv":
      return `read_csv(${name}, delim = '\t')`;
    case "json":
      return `read_json_auto(${name})`;
    case "parquet":
      return `read_parquet(${name})`;
  }
}

/** What does not compare, as text with a number, is not what was asked for. */
function condition(column: string, is: TableFilter["is"], place: number): string {
  switch (is) {
    case "contains":
      return `contains(lower(CAST(${column} AS VARCHAR)), lower($${place}))`;
    case "equals":
      return `CAST(${column} AS VARCHAR) = $${place}`;
    case "above":
      return `TRY_CAST(${column} AS DOUBLE) > TRY_CAST($${place} AS DOUBLE)`;
    case "below":
      return `TRY_CAST(${column} AS DOUBLE) < TRY_CAST($${place} AS DOUBLE)`;
  }
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function whole(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error("expected a whole number");
  return value;
}
