import { ResultReturnType, StatementType } from "@duckdb/node-api";
import type { DuckDBConnection, DuckDBResult } from "@duckdb/node-api";
import type { JsonObject } from "@notemill/json";
import { readColumns, readResult, readRows } from "../database/read-result.ts";
import type { ResultHead } from "../database/read-result.ts";
import type { SqlSession } from "../database/sql-session.ts";
import { resultBundle } from "../result/result-bundle.ts";
import type { ResultBundle } from "../result/result-bundle.ts";
import { rowCountText } from "../result/row-count-text.ts";
import { valueText } from "../result/value-text.ts";
import { splitStatements } from "../sql/split-statements.ts";
import type { SqlStatement } from "../sql/split-statements.ts";
import { rowLimit } from "./row-limit.ts";
import { makeScraps } from "./scrap.ts";
import { describeFailure } from "./sql-failure.ts";
import type { SqlFailure } from "./sql-failure.ts";

/** Where the outputs of a cell go, in order. */
export interface CellOutputs {
  /** Writes text; resolves when there is room for more. */
  readonly print: (text: string) => Promise<void>;
  readonly display: (data: JsonObject, metadata: JsonObject) => Promise<void>;
  readonly result: (bundle: ResultBundle) => Promise<void>;
}

/** Most rows that a query is read for just to say how many there are. */
const COUNT_LIMIT = 1_000_000;

/**
 * Runs the statements of a cell in order, up to the first that fails.
 *
 * The last result is shown as a table; what came before it is a line each.
 *
 * @returns Why the cell failed, or `null`.
 */
export async function executeCell(
  session: SqlSession,
  cell: string,
  outputs: CellOutputs,
): Promise<SqlFailure | null> {
  let current: SqlStatement | undefined;
  try {
    const statements = splitStatements(cell);
    await session.work(async (connection, check) => {
      let shown: { readonly head: ResultHead; readonly statement: SqlStatement } | undefined;
      for (const statement of statements) {
        current = statement;
        check();
        const head = await runStatement({ connection, check, outputs }, statement);
        if (!head) continue;
        if (shown) await outputs.print(resultLine(shown.head, shown.statement));
        shown = { head, statement };
      }
      if (shown) await outputs.result(resultBundle(shown.head));
    });
    return null;
  } catch (error) {
    return describeFailure(error, cell, current);
  }
}

interface Running {
  readonly connection: DuckDBConnection;
  readonly check: () => void;
  readonly outputs: CellOutputs;
}

/** @returns The result that is to be shown, if there is one. */
async function runStatement(running: Running, statement: SqlStatement): Promise<ResultHead | undefined> {
  const { connection, check, outputs } = running;
  const { directives, text } = statement;
  const limit = directives.limit ?? (await rowLimit(connection));
  const result = await connection.stream(text);
  if (directives.print) {
    await printRows(result, running);
    return undefined;
  }
  if (result.returnType !== ResultReturnType.QUERY_RESULT) {
    await readResult(result, { limit: 0, check });
    if (result.returnType === ResultReturnType.CHANGED_ROWS)
      await outputs.print(changeLine(result, statement));
    return undefined;
  }
  const isQuery = result.statementType === StatementType.SELECT;
  const counting = isQuery ? { countLimit: Math.max(COUNT_LIMIT, limit) } : {};
  const head = await readResult(result, { limit: Math.max(limit, 1), ...counting, check });
  // A result that is not read to its end would keep its query, and what that has locked.
  if (!head.isWhole) await connection.run("SELECT NULL");
  for (const { data, metadata } of makeScraps(head, directives)) await outputs.display(data, metadata);
  return { ...head, rows: head.rows.slice(0, limit) };
}

async function printRows(result: DuckDBResult, { check, outputs }: Running): Promise<void> {
  const types = readColumns(result).map(({ type }) => type);
  for await (const rows of readRows(result, check)) {
    const lines = rows.map((row) => row.map((value, index) => valueText(value, types[index])).join("\t"));
    await outputs.print(`${lines.join("\n")}\n`);
  }
}

function changeLine({ rowsChanged }: DuckDBResult, statement: SqlStatement): string {
  return `${rowCountText({ rowCount: rowsChanged, isWhole: true }, rowsChanged)} changed: ${beginning(statement)}\n`;
}

function resultLine(head: ResultHead, statement: SqlStatement): string {
  const count = head.isWhole ? head.rowCount : 0;
  const text = head.isWhole
    ? rowCountText(head, count)
    : `more than ${head.rowCount.toLocaleString("en")} rows`;
  return `${text}: ${beginning(statement)}\n`;
}

/** Enough of a statement to know which it is. */
function beginning({ text }: SqlStatement): string {
  const line = text.slice(0, 200).replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
