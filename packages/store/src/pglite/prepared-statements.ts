import { type messages, type PGlite, protocol, types } from "@electric-sql/pglite";
import type { Row, SqlValue } from "../driver/driver.ts";

/** Statements that the database keeps parsed and planned. */
export interface PreparedStatements {
  /** Runs one statement. @throws what PGlite throws. */
  run(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]>;
}

/** More would be made by a program that writes values into its statements. */
const MOST = 1000;

/**
 * Parses each text once. PGlite's own `query` parses and plans it every time, which takes
 * four times as long as the rest, in a database where everybody waits for everybody.
 *
 * The messages are those of Postgres's extended query protocol.
 */
export function createPreparedStatements(database: PGlite): PreparedStatements {
  const names = new Map<string, string>();
  const { serialize } = protocol;

  const prepare = async (sql: string): Promise<string> => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= MOST) {
      await database.exec("deallocate all");
      names.clear();
    }
    const name = `s${names.size}`;
    await database.execProtocol(joined([serialize.parse({ name, text: sql }), serialize.sync()]));
    names.set(sql, name);
    return name;
  };

  return {
    async run(sql, values) {
      const statement = await prepare(sql);
      const answer = await database.execProtocol(
        joined([
          serialize.bind({ statement, values: values.map(toText) }),
          serialize.describe({ type: "P" }),
          serialize.execute({}),
          serialize.sync(),
        ]),
      );
      return rowsOf(answer.messages, database.parsers);
    },
  };
}

/** @param parsers - Those of the database: it has found out which types are arrays. */
function rowsOf(answer: readonly messages.BackendMessage[], parsers: PGlite["parsers"]): readonly Row[] {
  let fields: messages.RowDescriptionMessage["fields"] = [];
  const rows: Row[] = [];
  for (const message of answer) {
    if (message.name === "rowDescription") ({ fields } = message as messages.RowDescriptionMessage);
    if (message.name !== "dataRow") continue;
    const { fields: texts } = message as messages.DataRowMessage;
    const cells = fields.map(({ name, dataTypeID }, index) => [
      name,
      types.parseType(texts[index] ?? null, dataTypeID, parsers) as unknown,
    ]);
    rows.push(Object.fromEntries(cells) as Row);
  }
  return rows;
}

/** A value as Postgres reads it; the type is the statement's. */
function toText(value: SqlValue): string | null {
  if (value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return `{${value.map(toElement).join(",")}}`;
  return String(value);
}

function toElement(value: string | number | null): string {
  return value === null ? "NULL" : `"${String(value).replaceAll(/["\\]/g, "\\$&")}"`;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}
