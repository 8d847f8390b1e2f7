import type { JsonObject } from "@notemill/json";
import type { MessageContent } from "./message-content.ts";

/** A channel that carries messages; the heartbeat channel carries bare bytes. */
export type Channel = "shell" | "control" | "iopub" | "stdin";

/**
 * The header of a message, with the names of the wire.
 *
 * Source: https://jupyter-client.readthedocs.io/en/stable/messaging.html#general-message-format
 */
export interface MessageHeader {
  readonly msg_id: string;
  readonly msg_type: string;
  /** The sender's client session. */
  readonly session: string;
  readonly username: string;
  /** ISO 8601 text, as the sender wrote it. */
  readonly date: string;
  /** Version of the messaging protocol. */
  readonly version: string;
  /** The subshell a request goes to (JEP 91). */
  readonly subshell_id?: string | null;
}

interface MessageParts {
  readonly channel: Channel;
  readonly header: MessageHeader;
  /** The header of the request that caused this message; `null` when nothing did. */
  readonly parent_header: MessageHeader | null;
  readonly metadata: JsonObject;
  readonly buffers: readonly Uint8Array[];
}

/** A message from a kernel. Narrow it by `type`; types that nothing here reads are `"other"`. */
export type KernelMessage = {
  readonly [Type in keyof MessageContent]: MessageParts & {
    readonly type: Type;
    readonly content: MessageContent[Type];
  };
}[keyof MessageContent];

/** A message of one type. */
export type MessageOf<Type extends keyof MessageContent> = Extract<KernelMessage, { readonly type: Type }>;

/** A message to a kernel. */
export interface OutgoingMessage {
  readonly header: MessageHeader;
  readonly parent_header?: MessageHeader | null;
  readonly metadata?: JsonObject;
  readonly content: JsonObject;
  readonly buffers?: readonly Uint8Array[];
}
