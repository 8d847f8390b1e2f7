import type { Channel, KernelMessage, MessageBytes, OutgoingMessage } from "@notemill/messaging";
import type { ConnectionInfo } from "./connection-info.ts";

/** The way to one kernel: ZeroMQ sockets, or whatever else carries its messages. */
export interface KernelChannels {
  /** Sends without waiting; messages of one channel keep their order. */
  send(channel: Exclude<Channel, "iopub">, message: OutgoingMessage): void;
  /** Resolves when everything is delivered that a kernel sent which has ended. */
  drain?(): Promise<void>;
  /** Drops what was not sent yet and stops delivery. */
  close(): void;
}

/** What {@link KernelChannels} tell whoever opened them. */
export interface ChannelListener {
  /** A message came and its signature is right. */
  readonly onMessage: (message: KernelMessage) => void;
  /** Something came that is no message of the kernel: malformed, wrongly signed or replayed. It was dropped. */
  readonly onRejected?: (error: Error) => void;
  /** The connection for outputs was cut; some may be missing. */
  readonly onCut?: () => void;
}

/** Opens the way to a kernel that may not be listening yet. */
export type OpenChannels = (connection: ConnectionInfo, listener: ChannelListener) => KernelChannels;

/** The way to one kernel for whoever passes messages on without reading them. */
export interface ByteChannels {
  /** Signs and sends without waiting; messages of one channel keep their order. */
  send(channel: Exclude<Channel, "iopub">, bytes: MessageBytes): void;
  /** Resolves when everything is delivered that a kernel sent which has ended. */
  drain(): Promise<void>;
  /** Drops what was not sent yet and stops delivery. */
  close(): void;
}

/** What {@link ByteChannels} tell whoever opened them. */
export interface ByteListener {
  /** A message came and its signature is right. Where it returns a promise, the next message of its channel waits for that. */
  readonly onMessage: (channel: Channel, bytes: MessageBytes) => Promise<void> | undefined | void;
  /** Something came that is wrongly framed or signed, or came before. It was dropped. */
  readonly onRejected: (error: Error) => void;
  /** The connection for outputs was cut; some may be missing. */
  readonly onCut?: () => void;
}
