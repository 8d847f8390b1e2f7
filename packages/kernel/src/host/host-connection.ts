import type { Socket } from "node:net";
import type { FrameHeader } from "./frame-codec.ts";
import { createFrameDecoder, encodeFrame } from "./frame-codec.ts";
import type { HostFrame } from "./host-protocol.ts";
import { readHostFrame } from "./host-protocol.ts";

/** Takes what a host sends: the frame, its parts, and how many bytes it came in. */
export type TakeHostFrame = (frame: HostFrame, parts: readonly Uint8Array[], bytes: number) => void;

/** The driver's side of a connection to a kernel host. */
export interface HostConnection {
  /** Who takes the frames from now on. */
  onFrame: TakeHostFrame;
  /** Sends a frame; into a connection that is over, nothing. */
  send(
    header: Pick<FrameHeader, "type"> & Readonly<Record<string, unknown>>,
    parts?: readonly Uint8Array[],
  ): void;
  /** Takes no frames until resumed. */
  pause(): void;
  resume(): void;
  /** Resolves when no more frames will come; with an error when what came was no frame. */
  readonly closed: Promise<Error | null>;
  /** Cuts the connection. */
  destroy(): void;
}

/** Reads and writes frames on a socket. */
export function openHostConnection(socket: Socket, onFrame: TakeHostFrame): HostConnection {
  const decoder = createFrameDecoder();
  const closed = Promise.withResolvers<Error | null>();
  let failure: Error | null = null;
  const readChunk = (chunk: Buffer): { frame: HostFrame; parts: readonly Uint8Array[] }[] => {
    try {
      return decoder.push(chunk).map((frame) => ({ frame: readHostFrame(frame), parts: frame.parts }));
    } catch (error) {
      failure ??= error as Error;
      socket.destroy();
      return [];
    }
  };
  const connection: HostConnection = {
    onFrame,
    send(header, parts = []) {
      if (socket.writable) socket.write(encodeFrame(header, parts));
    },
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    closed: closed.promise,
    destroy: () => void socket.destroy(),
  };
  // The close that follows an error says all there is to say.
  socket.on("error", () => {});
  socket.on("close", () => closed.resolve(failure));
  socket.on("data", (chunk: Buffer) => {
    for (const { frame, parts } of readChunk(chunk)) {
      const bytes = parts.reduce((sum, part) => sum + part.length, 0);
      connection.onFrame(frame, parts, bytes);
    }
  });
  return connection;
}
