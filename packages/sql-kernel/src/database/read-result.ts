import type { DuckDBResult, DuckDBType, DuckDBValue } from "@duckdb/node-api";

/** One column of a result. */
export interface ResultColumn {
  /** Unlike all others of the result. */
  readonly name: string;
  /** As the query calls it. */
  readonly title: string;
  readonly type: DuckDBType;
}

/** The first rows of a result, and what is known of the others. */
export interface ResultHead {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly DuckDBValue[])[];
  /** How many rows were read: all there are, where `isWhole`. */
  readonly rowCount: number;
  readonly isWhole: boolean;
}

/** How much of a result is read. */
export interface ReadResultOptions {
  /** Most rows that are kept. */
  readonly limit: number;
  /** Most rows that are read to count them. Default: no end, as a statement that changes rows must run to its end. */
  readonly countLimit?: number;
  /** Throws where the reading is to end. */
  readonly check: () => void;
}

/** Reads the head of a result, chunk by chunk, and counts the rows behind it. */
export async function readResult(result: DuckDBResult, options: ReadResultOptions): Promise<ResultHead> {
  const { limit, countLimit = Infinity, check } = options;
  const rows: (readonly DuckDBValue[])[] = [];
  let rowCount = 0;
  let isWhole = false;
  while (!isWhole && rowCount <= countLimit) {
    check();
    const chunk = await result.fetchChunk();
    isWhole = chunk === null || chunk.rowCount === 0;
    if (chunk === null) break;
    const wanted = Math.min(limit - rows.length, chunk.rowCount);
    for (let row = 0; row < wanted; row++) rows.push(chunk.getRowValues(row));
    rowCount += chunk.rowCount;
  }
  return { columns: readColumns(result), rows, rowCount, isWhole };
}

/** Gives the rows of a result in chunks, each once. */
export async function* readRows(
  result: DuckDBResult,
  check: () => void,
): AsyncGenerator<readonly (readonly DuckDBValue[])[], void, void> {
  for (;;) {
    check();
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk.getRows();
  }
}

/** The columns of a result. */
export function readColumns(result: DuckDBResult): readonly ResultColumn[] {
  const titles = result.columnNames();
  const types = result.columnTypes();
  return result
    .deduplicatedColumnNames()
    .map((name, index) => ({ name, title: titles[index] ?? name, type: types[index] as DuckDBType }));
}
