/** What a parameter of a query may be. Arrays become arrays of the database. */
export type SqlValue = string | number | boolean | Date | null | readonly (string | number | null)[];

/** One row, by column name: text and ids as strings, `int` as numbers, times as `Date`. */
export type Row = Readonly<Record<string, unknown>>;

/** Runs one statement. */
export interface Queries {
  /**
   * Runs one statement with its parameters `$1`, `$2`, …, or a script of many without any.
   *
   * @throws {@link StoreError} `STORE_QUERY_FAILED` with the database's own code as `details.sqlState`.
   */
  query(sql: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
}

/** Options of {@link Driver.tx}. */
export interface TransactionOptions {
  /** How long a statement waits for what another transaction has locked. Default: until that ends. */
  readonly lockTimeoutMs?: number;
}

/** A Postgres database, embedded or not. The one who opened it closes it. */
export interface Driver extends Queries, AsyncDisposable {
  /** Which kind it is, for people. */
  readonly kind: "pglite" | "postgres";

  /** Runs `body` in a transaction, which is rolled back when `body` throws. */
  tx<T>(body: (queries: Queries) => Promise<T>, options?: TransactionOptions): Promise<T>;

  /**
   * Calls back for every notification of a channel, and with an empty text after
   * some may have been missed: a notification is a hint, the tables are the truth.
   */
  listen(channel: string, onNotified: (payload: string) => void): Promise<AsyncDisposable>;

  /**
   * Looks after tables that change much, where nobody else does. A server of its
   * own has a process for that, and nothing is done.
   */
  upkeep(): Promise<void>;

  /** The whole database as a compressed archive of its directory; null where it is backed up by its own means. */
  dump(): Promise<Uint8Array | null>;

  /** Lets go of the database; what is under way ends first. */
  close(): Promise<void>;
}
