import { createHmac, randomUUID } from "node:crypto";
import { readMessage, signMessage, verifyMessage, writeMessage } from "@notemill/messaging";
import type { Channel, Sign } from "@notemill/messaging";
import { Dealer, Subscriber } from "zeromq";
import { channelAddress } from "./connection-info.ts";
import type { ConnectionInfo } from "./connection-info.ts";
import type { ByteChannels, ByteListener, ChannelListener, KernelChannels } from "./kernel-channels.ts";

/** Milliseconds between attempts to reach a socket that the kernel has not bound yet. */
const RECONNECT_MS = 2;

/** Connects to the channels of a kernel, which need not be listening yet. */
export function openZeromqChannels(connection: ConnectionInfo, listener: ChannelListener): KernelChannels {
  const onRejected = listener.onRejected ?? (() => {});
  const channels = openByteChannels(connection, {
    onRejected,
    onMessage(channel, bytes) {
      let message;
      try {
        message = readMessage(channel, bytes);
      } catch (error) {
        onRejected(error as Error);
        return;
      }
      listener.onMessage(message);
    },
  });
  return {
    send: (channel, message) => channels.send(channel, writeMessage(message)),
    close: () => channels.close(),
  };
}

/** Like {@link openZeromqChannels}, for whoever passes messages on without reading them. */
export function openByteChannels(connection: ConnectionInfo, listener: ByteListener): ByteChannels {
  const sign = hmacSigner(connection.key);
  const routingId = randomUUID();
  const dealers = {
    shell: openDealer(channelAddress(connection, "shell"), routingId),
    control: openDealer(channelAddress(connection, "control"), routingId),
    // The kernel sends an input request to the identity that sent the execute request.
    stdin: openDealer(channelAddress(connection, "stdin"), routingId),
  };
  const iopub = new Subscriber({
    linger: 0,
    // A PUB socket drops what its subscriber has no room for, so this side takes everything at once.
    receiveHighWaterMark: 0,
    reconnectInterval: RECONNECT_MS,
  });
  iopub.connect(channelAddress(connection, "iopub"));
  iopub.subscribe();

  const sockets = { ...dealers, iopub };
  for (const [channel, socket] of Object.entries(sockets)) {
    void deliver(channel as Channel, socket, sign, listener);
  }
  const sent = { shell: Promise.resolve(), control: Promise.resolve(), stdin: Promise.resolve() };
  return {
    send(channel, bytes) {
      const frames = signMessage(bytes, sign).map((frame) => Buffer.from(frame));
      // A socket takes one send at a time; one that fails belongs to a socket that was closed.
      sent[channel] = sent[channel].then(() => dealers[channel].send(frames)).catch(() => {});
    },
    close() {
      for (const socket of Object.values(sockets)) socket.close();
    },
  };
}

function openDealer(address: string, routingId: string): Dealer {
  const dealer = new Dealer({
    linger: 0,
    routingId,
    sendHighWaterMark: 0,
    receiveHighWaterMark: 0,
    reconnectInterval: RECONNECT_MS,
  });
  dealer.connect(address);
  return dealer;
}

/** Passes on what comes from a socket until it is closed. */
async function deliver(
  channel: Channel,
  socket: Dealer | Subscriber,
  sign: Sign,
  listener: ByteListener,
): Promise<void> {
  for await (const frames of socket) {
    let bytes;
    try {
      bytes = verifyMessage(channel, frames, sign);
    } catch (error) {
      listener.onRejected(error as Error);
      continue;
    }
    listener.onMessage(channel, bytes);
  }
}

function hmacSigner(key: string): Sign {
  if (key === "") return () => "";
  return (parts) => {
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  };
}
