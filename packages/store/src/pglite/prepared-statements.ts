import { type messages, type PGlite, protocol } from "@electric-sql/pglite";
import type { Row, SqlValue } from "../driver/driver.ts";
import { bindMessage } from "./bind-message.ts";
import { type Column, type Notification, readAnswer } from "./read-answer.ts";

/** Statements that the database keeps parsed and planned. */
export interface PreparedStatements {
  /** Runs one statement. @throws what the database says, with its `code` and `detail`. */
  run(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]>;
}

/** More would be made by a program that writes values into its statements. */
const MOST = 1000;

interface Statement {
  readonly name: string;
  readonly columns: readonly Column[];
}

/**
 * Parses each text once, and asks once what its columns are. PGlite's own `query` parses and plans it every
 * time, which takes four times as long as the rest, in a database where everybody waits for everybody.
 *
 * The messages are those of Postgres's extended query protocol. What comes back is read here: rows are many,
 * and PGlite makes several objects of every value.
 *
 * @param onNotified - Told of notifications that come with an answer.
 */
export function createPreparedStatements(
  database: PGlite,
  onNotified: (notification: Notification) => void,
): PreparedStatements {
  const known = new Map<string, Statement>();
  const { serialize } = protocol;

  const prepare = async (sql: string): Promise<Statement> => {
    const before = known.get(sql);
    if (before !== undefined) return before;
    if (known.size >= MOST) {
      await database.exec("deallocate all");
      known.clear();
    }
    const name = `s${known.size}`;
    const answer = await database.execProtocol(
      Buffer.concat([
        serialize.parse({ name, text: sql }),
        serialize.describe({ type: "S", name }),
        serialize.sync(),
      ]),
    );
    const statement = { name, columns: columnsOf(answer.messages) };
    known.set(sql, statement);
    return statement;
  };

  return {
    async run(sql, values) {
      const { name, columns } = await prepare(sql);
      const parts: Uint8Array[] = [];
      const asked = [bindMessage(name, values), serialize.execute({}), serialize.sync()];
      await database.execProtocolRawStream(Buffer.concat(asked), {
        // It is the database's memory, which is used again.
        onRawData: (part) => void parts.push(part.slice()),
      });
      const { rows, notifications, error } = readAnswer(Buffer.concat(parts), columns, database.parsers);
      for (const notification of notifications) onNotified(notification);
      if (error !== null) throw error;
      return rows;
    },
  };
}

/** None where the statement gives no rows. */
function columnsOf(answer: readonly messages.BackendMessage[]): readonly Column[] {
  const described = answer.find(({ name }) => name === "rowDescription");
  if (described === undefined) return [];
  const { fields } = described as messages.RowDescriptionMessage;
  return fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
}
