import type { JsonObject } from "@notemill/json";
import type { MimeData } from "./message-content.ts";

/** How an execution ended. */
export type ExecuteReply = ExecuteSucceeded | ExecuteFailed | ExecuteAborted;

/** The code ran to its end. */
export interface ExecuteSucceeded {
  readonly status: "ok";
  readonly execution_count: number | null;
  /** Values of the expressions asked for, each with its own status. */
  readonly user_expressions: JsonObject;
  /** Requests of the kernel to its front end, such as to show a page of help. Deprecated, still in use. */
  readonly payload: readonly JsonObject[];
}

/** The code raised an exception, or could not be compiled. */
export interface ExecuteFailed {
  readonly status: "error";
  readonly execution_count: number | null;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** The code did not run, since an earlier request of the same client failed. */
export interface ExecuteAborted {
  readonly status: "aborted";
  readonly execution_count: number | null;
}

/** What a kernel says about itself. */
export interface KernelInfo {
  readonly protocol_version: string;
  readonly implementation: string;
  readonly implementation_version: string;
  readonly banner: string;
  /** Goes to a notebook's metadata as it is. */
  readonly language_info: JsonObject;
  readonly supported_features: readonly string[];
}

/** Names that would complete the code at the cursor. Offsets count code points. */
export interface CompleteReply {
  readonly matches: readonly string[];
  readonly cursor_start: number;
  readonly cursor_end: number;
  readonly metadata: JsonObject;
}

/** Documentation of what is at the cursor. */
export interface InspectReply {
  readonly found: boolean;
  readonly data: MimeData;
  readonly metadata: JsonObject;
}

/** Whether code can be executed as it stands. */
export interface IsCompleteReply {
  readonly status: "complete" | "incomplete" | "invalid" | "unknown";
  /** What to begin the next line with when the code is incomplete. */
  readonly indent: string;
}

/** Code that was executed before. */
export interface HistoryReply {
  readonly history: readonly HistoryEntry[];
}

/** One execution of the past. */
export interface HistoryEntry {
  readonly session: number;
  readonly line: number;
  readonly input: string;
  readonly output: string | null;
}

/** The comms that are open, by id. */
export interface CommInfoReply {
  readonly comms: Readonly<Record<string, { readonly target_name: string }>>;
}
