import type { Channel, KernelMessage, OutgoingMessage } from "@notemill/messaging";

/** The way to one kernel: ZeroMQ sockets, or whatever else carries its messages. */
export interface KernelChannels {
  /** Sends without waiting; messages of one channel keep their order. */
  send(channel: Exclude<Channel, "iopub">, message: OutgoingMessage): void;
  /** Drops what was not sent yet and stops delivery. */
  close(): void;
}

/** What {@link KernelChannels} tell whoever opened them. */
export interface ChannelListener {
  /** A message came and its signature is right. */
  readonly onMessage: (message: KernelMessage) => void;
  /** Something came that is no message of the kernel: malformed, wrongly signed or replayed. It was dropped. */
  readonly onRejected?: (error: Error) => void;
}
