import type { Channel, MessageBytes } from "@notemill/messaging";
import { MessagingError, readMessage, writeMessage } from "@notemill/messaging";
import type { LossReason } from "../../execution-stream.ts";
import type { ByteChannels, OpenChannels } from "../../kernel-channels.ts";
import { openByteChannels } from "../../zeromq-channels.ts";

/** What a host has to know of a message to file it. */
export interface RelayedMessage {
  readonly channel: Channel;
  readonly msgId: string;
  readonly msgType: string;
  /** The request that caused it, or `""`. */
  readonly parent: string;
  readonly bytes: MessageBytes;
}

/**
 * Passes messages between a kernel and whoever drives it, unread.
 *
 * What the host asks the kernel itself, such as whether it is ready, is answered to the host alone.
 */
export interface KernelRelay {
  /** For {@link startKernelBy}: the channels of each life of the kernel. */
  readonly openChannels: OpenChannels;
  /** Sends a message to the kernel; one that has no process gets none. */
  send(channel: Exclude<Channel, "iopub">, bytes: MessageBytes): void;
  /** Begins to pass messages on: the kernel is ready. */
  open(): void;
  /** Passes none on until opened again. */
  shut(): void;
}

/** Whom a {@link KernelRelay} tells of what comes from the kernel. */
export interface RelayListener {
  /** Where it returns a promise, the next message of its channel waits for that. */
  readonly onMessage: (message: RelayedMessage) => Promise<void> | undefined;
  /** An output did not come through; `parent` is the request that caused it, if that is known. */
  readonly onLost: (reason: LossReason, parent: string | null) => void;
}

/** Makes a relay. */
export function createKernelRelay({ onMessage, onLost }: RelayListener): KernelRelay {
  let current: ByteChannels | null = null;
  let isOpen = false;
  return {
    openChannels(connection, listener) {
      let ownSession = "";
      const channels = openByteChannels(connection, {
        onRejected(error) {
          listener.onRejected?.(error);
          const parent = error instanceof MessagingError ? error.details["parent"] : undefined;
          if (isOpen && typeof parent === "string") onLost("unreadable", parent);
        },
        onCut() {
          listener.onCut?.();
          if (isOpen) onLost("disconnected", null);
        },
        onMessage(channel, bytes) {
          try {
            const header = readHeader(bytes.header);
            const parent = readHeader(bytes.parentHeader);
            if (parent.session !== "" && parent.session === ownSession) {
              listener.onMessage(readMessage(channel, bytes));
            } else if (isOpen) {
              return onMessage({
                channel,
                msgId: header.msgId,
                msgType: header.msgType,
                parent: parent.msgId,
                bytes,
              });
            }
          } catch (error) {
            // A message whose header is no JSON is none.
            listener.onRejected?.(error as Error);
          }
          return undefined;
        },
      });
      current = channels;
      return {
        send(channel, message) {
          ownSession = message.header.session;
          channels.send(channel, writeMessage(message));
        },
        drain: () => channels.drain(),
        close() {
          channels.close();
          if (current === channels) current = null;
        },
      };
    },
    send: (channel, bytes) => current?.send(channel, bytes),
    open() {
      isOpen = true;
    },
    shut() {
      isOpen = false;
    },
  };
}

/** The fields of a header that matter here; empty text where there are none. */
function readHeader(bytes: Uint8Array): { msgId: string; msgType: string; session: string } {
  const header = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as {
    readonly [key: string]: unknown;
  };
  return {
    msgId: text(header["msg_id"]),
    msgType: text(header["msg_type"]),
    session: text(header["session"]),
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
