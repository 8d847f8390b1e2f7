import type { Row, SqlValue } from "../driver/driver.ts";

/**
 * What the thread that has PGlite is asked to do. Requests come in lists, and messages go back in lists:
 * each that is posted wakes the other thread, which takes longer than a small statement.
 */
export type WorkerRequest =
  | {
      readonly id: number;
      readonly type: "query";
      readonly sql: string;
      readonly values: readonly SqlValue[];
    }
  | { readonly id: number; readonly type: "listen"; readonly channel: string }
  | { readonly id: number; readonly type: "dump" }
  | { readonly id: number; readonly type: "close" };

/** What it says: the answer to a request, or a notification. */
export type WorkerMessage =
  | { readonly type: "ready" }
  | { readonly type: "open-failed"; readonly message: string }
  | { readonly id: number; readonly type: "done"; readonly rows: readonly Row[] }
  | { readonly id: number; readonly type: "dumped"; readonly bytes: Uint8Array }
  | {
      readonly id: number;
      readonly type: "failed";
      readonly message: string;
      readonly sqlState: string | null;
      readonly detail: string | null;
    }
  | { readonly type: "notified"; readonly channel: string; readonly payload: string };

/** What the thread is started with. */
export interface WorkerStart {
  /** Directory of the database; `null` keeps it in memory. */
  readonly directory: string | null;
}
