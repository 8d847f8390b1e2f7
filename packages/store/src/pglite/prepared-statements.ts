import { type messages, type PGlite, protocol } from "@electric-sql/pglite";
import { bindMessage } from "./bind-message.ts";
import type { Column } from "./read-answer.ts";
import type { RawAnswer } from "./worker-protocol.ts";

/** Statements that the database keeps parsed and planned. */
export interface PreparedStatements {
  /** Runs one statement. @throws what the database says of its text, with its `code` and `detail`. */
  run(sql: string, values: Uint8Array): Promise<RawAnswer>;
}

/** More would be made by a program that writes values into its statements. */
const MOST = 1000;

/**
 * Parses each text once, and asks once what its columns are. PGlite's own `query` parses and plans it every
 * time, which takes four times as long as the rest, in a database where everybody waits for everybody.
 *
 * The messages are those of Postgres's extended query protocol. What comes back is read by whoever asked.
 */
export function createPreparedStatements(database: PGlite): PreparedStatements {
  const names = new Map<string, string>();
  const { serialize } = protocol;

  const prepare = async (
    sql: string,
  ): Promise<{ readonly name: string; readonly columns: readonly Column[] }> => {
    if (names.size >= MOST) {
      await database.exec("deallocate all");
      names.clear();
    }
    const name = `s${names.size}`;
    const answer = await database.execProtocol(
      Buffer.concat([
        serialize.parse({ name, text: sql }),
        serialize.describe({ type: "S", name }),
        serialize.sync(),
      ]),
    );
    names.set(sql, name);
    return { name, columns: columnsOf(answer.messages) };
  };

  return {
    async run(sql, values) {
      const known = names.get(sql);
      const { name, columns } = known === undefined ? await prepare(sql) : { name: known, columns: null };
      const parts: Uint8Array<ArrayBuffer>[] = [];
      const asked = [bindMessage(name, values), serialize.execute({}), serialize.sync()];
      await database.execProtocolRawStream(Buffer.concat(asked), {
        // It is the database's memory, which is used again.
        onRawData: (part) => void parts.push(new Uint8Array(part)),
      });
      return { bytes: joined(parts), columns };
    },
  };
}

/** Parts as one, in memory of its own. */
function joined(parts: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

/** None where the statement gives no rows. */
function columnsOf(answer: readonly messages.BackendMessage[]): readonly Column[] {
  const described = answer.find(({ name }) => name === "rowDescription");
  if (described === undefined) return [];
  const { fields } = described as messages.RowDescriptionMessage;
  return fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
}
