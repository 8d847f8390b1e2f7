import { createHmac } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  comesInPieces,
  createReplayGuard,
  readMessage,
  readMessagePieces,
  signMessage,
  verifyMessage,
  writeMessage,
} from "@notemill/messaging";
import type { Channel, MessageBytes, Sign } from "@notemill/messaging";
import type { ConnectionInfo } from "./connection-info.ts";
import type { ByteChannels, ByteListener, ChannelListener, KernelChannels } from "./kernel-channels.ts";
import { openKernelSockets } from "./kernel-sockets.ts";
import type { KernelSocketsOptions, SocketListener } from "./kernel-sockets.ts";

/**
 * Longest message that is taken in. ipykernel makes one message of all that was
 * printed within 0.2 s, which may be a gigabyte; it is read in pieces.
 */
const MOST_PRINTED_BYTES = 1280 * 2 ** 20;

/** Connects to the channels of a kernel, which need not be listening yet. */
export function openZeromqChannels(connection: ConnectionInfo, listener: ChannelListener): KernelChannels {
  const onRejected = listener.onRejected ?? (() => {});
  let isClosed = false;
  const take = (channel: Channel, bytes: MessageBytes): Promise<void> | undefined => {
    try {
      if (comesInPieces(bytes)) return takePieces(channel, bytes);
      listener.onMessage(readMessage(channel, bytes));
    } catch (error) {
      onRejected(error as Error);
    }
    return undefined;
  };
  /** Delivers a large message piece by piece, so that its reader can keep up and forget what it has read. */
  const takePieces = async (channel: Channel, bytes: MessageBytes): Promise<void> => {
    try {
      for (const piece of readMessagePieces(channel, bytes)) {
        if (isClosed) return;
        listener.onMessage(piece);
        await nextTurn();
      }
    } catch (error) {
      onRejected(error as Error);
    }
  };
  const channels = openSigned(
    connection,
    { ...listener, onRejected, onMessage: take },
    { maxIopubFrameBytes: MOST_PRINTED_BYTES },
  );
  return {
    send: (channel, message) => channels.send(channel, writeMessage(message)),
    drain: () => channels.drain(),
    close() {
      isClosed = true;
      channels.close();
    },
  };
}

/** Like {@link openZeromqChannels}, for whoever passes messages on without reading them. */
export function openByteChannels(connection: ConnectionInfo, listener: ByteListener): ByteChannels {
  return openSigned(connection, listener);
}

function openSigned(
  connection: ConnectionInfo,
  listener: ByteListener,
  options?: KernelSocketsOptions,
): ByteChannels {
  const sign = hmacSigner(connection.key);
  const seen = createReplayGuard();
  const socketListener: SocketListener = {
    onFrames(channel, frames) {
      let bytes;
      try {
        bytes = verifyMessage(channel, frames, sign, seen);
      } catch (error) {
        listener.onRejected(error as Error);
        return undefined;
      }
      return listener.onMessage(channel, bytes);
    },
    onCut: () => listener.onCut?.(),
  };
  const sockets = openKernelSockets(connection, socketListener, options);
  return { ...sockets, send: (channel, bytes) => sockets.send(channel, signMessage(bytes, sign)) };
}

function hmacSigner(key: string): Sign {
  if (key === "") return () => "";
  return (parts) => {
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  };
}
