import type { Socket } from "node:net";
import type { Frame } from "../frame-codec.ts";
import { createFrameDecoder, encodeFrame } from "../frame-codec.ts";
import type { HostFrame, WireError } from "../host-protocol.ts";
import { toWireError } from "../wire-error.ts";

/** Takes the frames of a connection one by one. */
type TakeFrame = (frame: Frame) => void;

/**
 * Reads the frames of a connection; `open` takes the first, and gives what takes the others.
 *
 * A connection that sends what the protocol does not have is told so and cut.
 * The end of file counts at once, whatever is still to be written.
 */
export function readConnection(socket: Socket, open: (frame: Frame) => TakeFrame): void {
  const decoder = createFrameDecoder();
  let take: TakeFrame = (frame) => {
    take = open(frame);
  };
  // An error is always followed by the close that matters.
  socket.on("error", () => {});
  socket.on("end", () => socket.destroy());
  socket.on("data", (chunk: Buffer) => {
    try {
      for (const frame of decoder.push(chunk)) take(frame);
    } catch (error) {
      void endSocket(socket, refusedFrame(toWireError(error)));
    }
  });
}

/** The frame that says why a connection is not to be. */
export function refusedFrame(error: WireError): readonly Uint8Array[] {
  const frame: HostFrame = { type: "refused", error };
  return encodeFrame(frame);
}

/** How long the other side may take to hang up, in milliseconds. */
const LINGER_MS = 2_000;

/**
 * Sends a last frame and ends the connection; resolves when the other side has hung up, or could have.
 *
 * Until then what it still sends is read: a socket that is closed with something unread in it
 * takes from the other side what it has not read, and that is the last frame.
 */
export async function endSocket(socket: Socket, frame: readonly Uint8Array[]): Promise<void> {
  if (socket.destroyed || !socket.writable) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once("close", () => resolve());
  for (const buffer of frame) socket.write(buffer);
  socket.end();
  await promise;
  clearTimeout(timer);
}
