import type { JsonObject, RawJson } from "@notemill/json";

/**
 * Data by MIME type: text as a string, and whatever is not text, or has a JSON
 * type, as the text of its JSON.
 */
export interface MimeData {
  readonly [mimeType: string]: string | RawJson;
}

/** Text written to standard output or standard error. */
export interface StreamContent {
  readonly name: string;
  readonly text: string;
}

/** Something displayed, or put in place of what was displayed under the same id. */
export interface DisplayDataContent {
  readonly data: MimeData;
  readonly metadata: JsonObject;
  /** What is not part of a notebook: the id under which the display can be updated. */
  readonly transient: { readonly display_id?: string };
}

/** The value of the last expression. */
export interface ExecuteResultContent extends DisplayDataContent {
  readonly execution_count: number | null;
}

/** An exception that ended an execution. */
export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** The code that a kernel has begun to execute, whoever asked for it. */
export interface ExecuteInputContent {
  readonly code: string;
  readonly execution_count: number | null;
}

/** What the kernel does for the request in the parent header. */
export interface StatusContent {
  readonly execution_state: "starting" | "busy" | "idle" | "other";
}

/** The outputs shown so far are to be dropped. */
export interface ClearOutputContent {
  /** Only when the next output comes. */
  readonly wait: boolean;
}

/** A comm is opened, used or closed. */
export interface CommContent {
  readonly comm_id: string;
  /** Who is to answer; only in `comm_open`. */
  readonly target_name: string | null;
  readonly data: JsonObject;
}

/** The kernel asks its user for a line of text. */
export interface InputRequestContent {
  readonly prompt: string;
  readonly password: boolean;
}

/** Content by message type. `other` is everything that is not read further. */
export interface MessageContent {
  readonly stream: StreamContent;
  readonly display_data: DisplayDataContent;
  readonly update_display_data: DisplayDataContent;
  readonly execute_result: ExecuteResultContent;
  readonly error: ErrorContent;
  readonly execute_input: ExecuteInputContent;
  readonly status: StatusContent;
  readonly clear_output: ClearOutputContent;
  readonly comm_open: CommContent;
  readonly comm_msg: CommContent;
  readonly comm_close: CommContent;
  readonly input_request: InputRequestContent;
  readonly other: JsonObject;
}
