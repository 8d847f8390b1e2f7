import type { JsonObject } from "@notemill/json";
import type { SqlSession } from "../database/sql-session.ts";
import { readDuckdbError } from "../execute/sql-failure.ts";
import { scanSql } from "../sql/scan-sql.ts";

/** Answers an `is_complete_request`: whether DuckDB's parser wants more. */
export async function judgeCompleteness(session: SqlSession, code: string): Promise<JsonObject> {
  for (const { isOpen } of scanSql(code)) if (isOpen) return { status: "incomplete", indent: "" };
  return session.work(async (connection) => {
    try {
      await connection.extractStatements(code);
      return { status: "complete" };
    } catch (error) {
      const { evalue } = readDuckdbError(error instanceof Error ? error.message : String(error));
      if (!evalue.includes("at end of input")) return { status: code.trim() === "" ? "complete" : "invalid" };
      return { status: "incomplete", indent: "" };
    }
  });
}
