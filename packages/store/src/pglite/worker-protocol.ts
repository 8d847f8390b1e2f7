import type { Column } from "./read-answer.ts";

/**
 * What the thread that has PGlite is asked to do. Requests come in lists, and messages go back in lists:
 * each that is posted wakes the other thread, which takes longer than a small statement. Values and rows are
 * messages of Postgres, whose memory changes hands: the database waits for whoever copies them in its thread.
 */
export type WorkerRequest =
  /** A statement, with its `valuesMessage`. */
  | {
      readonly id: number;
      readonly type: "query";
      readonly sql: string;
      readonly values: Uint8Array<ArrayBuffer>;
    }
  /** Several statements without values. */
  | { readonly id: number; readonly type: "script"; readonly sql: string }
  | { readonly id: number; readonly type: "listen"; readonly channel: string }
  | { readonly id: number; readonly type: "dump" }
  | { readonly id: number; readonly type: "close" };

/** What it says: the answer to a request, or a notification. */
export type WorkerMessage =
  | { readonly type: "ready" }
  | { readonly type: "open-failed"; readonly message: string }
  | { readonly id: number; readonly type: "done"; readonly rows: readonly Record<string, unknown>[] }
  | ({ readonly id: number; readonly type: "answered" } & RawAnswer)
  | { readonly id: number; readonly type: "dumped"; readonly bytes: Uint8Array }
  | {
      readonly id: number;
      readonly type: "failed";
      readonly message: string;
      readonly sqlState: string | null;
      readonly detail: string | null;
    }
  | { readonly type: "notified"; readonly channel: string; readonly payload: string };

/** What the database said to a statement. */
export interface RawAnswer {
  /** Its messages, which `readAnswer` reads. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the rows are made of; null where that was said before of the same statement. */
  readonly columns: readonly Column[] | null;
}

/** What the thread is started with. */
export interface WorkerStart {
  /** Directory of the database; `null` keeps it in memory. */
  readonly directory: string | null;
}
