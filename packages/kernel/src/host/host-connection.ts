import type { Socket } from "node:net";
import type { FrameHeader } from "./frame-codec.ts";
import { createFrameDecoder, encodeFrame } from "./frame-codec.ts";
import type { HostFrame } from "./host-protocol.ts";
import { readHostFrame } from "./host-protocol.ts";

/** Takes a frame of a host with its parts; the next one waits for the promise, if there is one. */
export type TakeHostFrame = (frame: HostFrame, parts: readonly Uint8Array[]) => Promise<void> | undefined;

/** The driver's side of a connection to a kernel host. */
export interface HostConnection {
  /** Who takes the frames from now on. */
  onFrame: TakeHostFrame;
  /** Sends a frame; into a connection that is over, nothing. */
  send(
    header: Pick<FrameHeader, "type"> & Readonly<Record<string, unknown>>,
    parts?: readonly Uint8Array[],
  ): void;
  /** Takes no frames until resumed; the host keeps them. */
  pause(): void;
  resume(): void;
  /** Resolves at once, or when resumed. */
  whenOpen(): Promise<void>;
  /** Resolves when the last frame was taken; with an error when what came was no frame. */
  readonly closed: Promise<Error | null>;
  /** Cuts the connection. */
  destroy(): void;
}

/** Reads and writes frames on a socket. */
export function openHostConnection(socket: Socket, onFrame: TakeHostFrame): HostConnection {
  const decoder = createFrameDecoder();
  const closed = Promise.withResolvers<Error | null>();
  let frames: ReadFrame[] = [];
  let isBusy = false;
  let isOver = false;
  let held: PromiseWithResolvers<void> | null = null;
  let failure: Error | null = null;

  const read = (chunk: Buffer): readonly ReadFrame[] => {
    try {
      return decoder.push(chunk).map((frame) => ({ frame: readHostFrame(frame), parts: frame.parts }));
    } catch (error) {
      failure ??= error as Error;
      socket.destroy();
      return [];
    }
  };
  const work = async (): Promise<void> => {
    isBusy = true;
    try {
      for (let next = frames.shift(); next; next = frames.shift()) {
        const taken = connection.onFrame(next.frame, next.parts);
        if (!taken && !held) continue;
        socket.pause();
        await taken;
        await held?.promise;
      }
    } finally {
      isBusy = false;
      if (isOver) closed.resolve(failure);
      else socket.resume();
    }
  };
  const connection: HostConnection = {
    onFrame,
    send(header, parts = []) {
      if (!socket.writable) return;
      socket.cork();
      for (const buffer of encodeFrame(header, parts)) socket.write(buffer);
      socket.uncork();
    },
    pause() {
      held ??= Promise.withResolvers();
    },
    resume() {
      held?.resolve();
      held = null;
    },
    whenOpen: () => held?.promise ?? Promise.resolve(),
    closed: closed.promise,
    destroy: () => void socket.destroy(),
  };
  // The close that follows an error says all there is to say.
  socket.on("error", () => {});
  socket.on("close", () => {
    isOver = true;
    if (!isBusy) closed.resolve(failure);
  });
  socket.on("data", (chunk: Buffer) => {
    frames = [...frames, ...read(chunk)];
    if (!isBusy) void work();
  });
  return connection;
}

interface ReadFrame {
  readonly frame: HostFrame;
  readonly parts: readonly Uint8Array[];
}
