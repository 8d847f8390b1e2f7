import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Channel } from "@notemill/messaging";
import { Dealer, Subscriber } from "zeromq";
import { channelAddress } from "./connection-info.ts";
import type { ConnectionInfo } from "./connection-info.ts";

/** Whom {@link openKernelSockets} tells of what comes. */
export interface SocketListener {
  /** Called in order for each channel. What comes behind waits for the promise, if there is one. */
  readonly onFrames: (channel: Channel, frames: readonly Uint8Array[]) => Promise<void> | void;
  /** The connection of the iopub channel was cut. It is made anew by itself. */
  readonly onCut: () => void;
}

/** The four sockets that carry messages. */
export interface KernelSockets {
  send(channel: Exclude<Channel, "iopub">, frames: readonly Uint8Array[]): void;
  /** Resolves when everything is delivered that a kernel sent which has ended. */
  drain(): Promise<void>;
  close(): void;
}

/** Milliseconds between attempts to reach a socket that the kernel has not bound yet. */
const RECONNECT_MS = 2;

/** How long to wait for the end of a connection whose other side is dead; other processes may hold it. */
const DRAIN_MS = 500;

/** Longest frame that is taken in. ZeroMQ cuts the connection when a longer one comes. */
const MAX_FRAME_BYTES = 256 << 20;

/** Limits of {@link openKernelSockets}. */
export interface KernelSocketsOptions {
  /** Longest frame of the iopub channel. Default 256 MiB. */
  readonly maxIopubFrameBytes?: number | undefined;
}

/**
 * Connects to the sockets of a kernel, which need not be listening yet.
 *
 * A kernel's PUB socket silently drops messages when its subscriber is 1,000
 * behind (ipykernel sets no other mark). So nothing here may make it wait: the
 * receiving side has no mark, and ZeroMQ's own thread reads while JavaScript is
 * busy. A client of ours in JavaScript alone lost output under load. What bounds
 * the memory instead is that a kernel whose readers are behind is stopped for a while.
 */
export function openKernelSockets(
  connection: ConnectionInfo,
  listener: SocketListener,
  { maxIopubFrameBytes = MAX_FRAME_BYTES }: KernelSocketsOptions = {},
): KernelSockets {
  const routingId = randomUUID();
  const dealers = {
    shell: openDealer(channelAddress(connection, "shell"), routingId),
    control: openDealer(channelAddress(connection, "control"), routingId),
    // The kernel sends an input request to the identity that sent the execute request.
    stdin: openDealer(channelAddress(connection, "stdin"), routingId),
  };
  const iopub = new Subscriber({
    linger: 0,
    receiveHighWaterMark: 0,
    maxMessageSize: maxIopubFrameBytes,
    reconnectInterval: RECONNECT_MS,
  });
  const cut = Promise.withResolvers<void>();
  const iopubAddress = channelAddress(connection, "iopub");
  const taking = new Set<Promise<void>>();
  let received = 0;
  let isReconnecting = false;
  /** Waits until everything that has come on iopub is delivered. */
  const untilDelivered = async (): Promise<void> => {
    let before;
    do {
      before = received;
      await Promise.all(taking);
      // One turn to see that a message is there, and one to read it.
      await nextTurn();
      await nextTurn();
    } while (received !== before || taking.size > 0);
  };
  void watchConnection(iopub, async () => {
    cut.resolve();
    listener.onCut();
    if (isReconnecting) return;
    isReconnecting = true;
    // What is not yet read would be dropped with the connection; half a message makes ZeroMQ end the process.
    await untilDelivered();
    isReconnecting = false;
    reconnect(iopub, iopubAddress);
  });
  iopub.connect(iopubAddress);
  iopub.subscribe();

  const sockets = { ...dealers, iopub };
  const deliver = async (channel: Channel): Promise<void> => {
    for await (const frames of framesOf(sockets[channel])) {
      if (sockets[channel].closed) return;
      if (channel === "iopub") received += 1;
      // Until the next message comes this loop would keep the last one in memory.
      const taken = listener.onFrames(channel, frames.splice(0));
      if (!taken) continue;
      taking.add(taken);
      await taken;
      taking.delete(taken);
    }
  };
  for (const channel of ["shell", "control", "stdin", "iopub"] as const) void deliver(channel);

  const sent = { shell: Promise.resolve(), control: Promise.resolve(), stdin: Promise.resolve() };
  return {
    send(channel, frames) {
      const buffers = frames.map((frame) => Buffer.from(frame));
      // A socket takes one send at a time; one that fails belongs to a socket that was closed.
      sent[channel] = sent[channel].then(() => dealers[channel].send(buffers)).catch(() => {});
    },
    async drain() {
      await within(DRAIN_MS, cut.promise);
      await untilDelivered();
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
    maxMessageSize: MAX_FRAME_BYTES,
    reconnectInterval: RECONNECT_MS,
  });
  dealer.connect(address);
  return dealer;
}

/** What comes from a socket until it is closed. An end of that kind is no error. */
async function* framesOf(socket: Dealer | Subscriber): AsyncGenerator<Buffer[], void, void> {
  try {
    yield* socket;
  } catch (error) {
    if (!socket.closed) throw error;
  }
}

/** Connects anew. ZeroMQ does so by itself when a connection is lost, but not when it has cut it. */
function reconnect(socket: Subscriber, address: string): void {
  if (socket.closed) return;
  try {
    socket.disconnect(address);
  } catch {
    // It had given up the connection.
  }
  socket.connect(address);
}

/** Calls `onCut` whenever a connection of the socket ends, until the socket is closed. */
async function watchConnection(socket: Subscriber, onCut: () => Promise<void>): Promise<void> {
  const { events } = socket;
  try {
    for await (const event of events) {
      // Closing ends the watch with no event.
      if (event?.type === "disconnect") void onCut();
    }
  } catch (error) {
    if (!events.closed) throw error;
  }
}

async function within(ms: number, done: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([promise, done]);
  clearTimeout(timer);
}
