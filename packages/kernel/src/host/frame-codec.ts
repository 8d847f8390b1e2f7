import { KernelError } from "../kernel-error.ts";

/** One frame of the driver protocol, and one record of a spool: a JSON header and raw parts behind it. */
export interface Frame {
  readonly header: FrameHeader;
  readonly parts: readonly Uint8Array[];
}

/** A frame's header; `type` says what else is in it. */
export interface FrameHeader {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Longest body of a frame. JavaScript cannot hold the text of a message half as long. */
export const MAX_BODY_BYTES = 2 ** 30;

/** Most parts of a frame. */
const MAX_PARTS = 65_536;

/** Bytes before the part lengths: the body's length, the header's length and the number of parts. */
const PREFIX_BYTES = 12;

/** Frames up to this size are put together in one piece. */
const SMALL_BYTES = 64 << 10;

/**
 * Writes a frame, as the buffers to be written one behind the other; large parts are not copied.
 *
 * All numbers are unsigned, 32 bits, big-endian: the length of everything that
 * follows, the length of the header, the number of parts, the length of each
 * part; then the header as UTF-8 JSON, and the parts.
 *
 * @throws {@link KernelError} `KERNEL_HOST_PROTOCOL` when the frame is beyond {@link MAX_BODY_BYTES} or {@link MAX_PARTS}.
 */
export function encodeFrame(
  header: Pick<FrameHeader, "type">,
  parts: readonly Uint8Array[] = [],
): readonly Uint8Array[] {
  const text = Buffer.from(JSON.stringify(header));
  const lengths = PREFIX_BYTES + 4 * parts.length;
  const bodyBytes = lengths - 4 + text.length + bytesOf(parts);
  if (parts.length > MAX_PARTS)
    throw protocolError(`a frame has ${parts.length} parts; at most ${MAX_PARTS} are sent`);
  if (bodyBytes > MAX_BODY_BYTES) {
    throw protocolError(`a frame has ${bodyBytes} bytes; at most ${MAX_BODY_BYTES} are sent`);
  }
  const isSmall = bodyBytes <= SMALL_BYTES;
  const frame = Buffer.allocUnsafe(isSmall ? 4 + bodyBytes : lengths + text.length);
  frame.writeUInt32BE(bodyBytes, 0);
  frame.writeUInt32BE(text.length, 4);
  frame.writeUInt32BE(parts.length, 8);
  let offset = lengths + text.copy(frame, lengths);
  for (const [index, part] of parts.entries()) {
    frame.writeUInt32BE(part.length, PREFIX_BYTES + 4 * index);
    if (!isSmall) continue;
    frame.set(part, offset);
    offset += part.length;
  }
  return isSmall ? [frame] : [frame, ...parts];
}

/** The length of some buffers together. */
export function bytesOf(buffers: readonly Uint8Array[]): number {
  return buffers.reduce((sum, buffer) => sum + buffer.length, 0);
}

/** Reads frames out of a stream of bytes. */
export interface FrameDecoder {
  /**
   * Takes in the next bytes, and gives the frames that are complete with them.
   *
   * @throws {@link KernelError} `KERNEL_HOST_PROTOCOL` when the bytes are no frames.
   */
  push(chunk: Uint8Array): Frame[];
}

/** Makes a decoder that holds no more than what was pushed and is not yet complete. */
export function createFrameDecoder(): FrameDecoder {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let neededBytes = 4;
  return {
    push(chunk) {
      held.push(chunk);
      heldBytes += chunk.length;
      if (heldBytes < neededBytes) return [];
      const bytes = held.length === 1 && held[0] ? asBuffer(held[0]) : Buffer.concat(held);
      const { frames, end, nextBytes } = readFrames(bytes);
      const rest = bytes.subarray(end);
      held = rest.length > 0 ? [rest] : [];
      heldBytes = rest.length;
      neededBytes = nextBytes;
      return frames;
    },
  };
}

/** The complete frames at the beginning of some bytes. */
export interface FramesRead {
  readonly frames: Frame[];
  /** Where the first incomplete frame begins. */
  readonly end: number;
  /** How many bytes that frame takes, as far as can be told. */
  readonly nextBytes: number;
}

/**
 * Reads the frames that are complete; the parts are views on `bytes`.
 *
 * @throws {@link KernelError} `KERNEL_HOST_PROTOCOL` when the bytes are no frames.
 */
export function readFrames(bytes: Buffer): FramesRead {
  const frames: Frame[] = [];
  let offset = 0;
  for (;;) {
    const frameBytes = frameBytesAt(bytes, offset);
    if (frameBytes === null) return { frames, end: offset, nextBytes: 4 };
    if (offset + frameBytes > bytes.length) return { frames, end: offset, nextBytes: frameBytes };
    frames.push(readFrame(bytes.subarray(offset + 4, offset + frameBytes)));
    offset += frameBytes;
  }
}

/**
 * How many bytes the frame at `offset` takes, or `null` when not even its length is there.
 *
 * @throws {@link KernelError} `KERNEL_HOST_PROTOCOL` when no frame is that long.
 */
export function frameBytesAt(bytes: Buffer, offset: number): number | null {
  if (offset + 4 > bytes.length) return null;
  const bodyBytes = bytes.readUInt32BE(offset);
  if (bodyBytes > MAX_BODY_BYTES || bodyBytes < PREFIX_BYTES - 4) {
    throw protocolError(`a frame says it has ${bodyBytes} bytes; expected 8 to ${MAX_BODY_BYTES}`);
  }
  return bodyBytes + 4;
}

function readFrame(body: Buffer): Frame {
  const headerBytes = body.readUInt32BE(0);
  const partCount = body.readUInt32BE(4);
  let offset = PREFIX_BYTES - 4 + 4 * partCount;
  if (partCount > MAX_PARTS || offset + headerBytes > body.length) {
    throw protocolError(
      `a frame of ${body.length} bytes says it has ${partCount} parts and a header of ${headerBytes} bytes`,
    );
  }
  const header = readHeader(body.toString("utf8", offset, offset + headerBytes));
  offset += headerBytes;
  const parts: Uint8Array[] = [];
  for (let index = 0; index < partCount; index++) {
    const end = offset + body.readUInt32BE(PREFIX_BYTES - 4 + 4 * index);
    if (end > body.length) throw protocolError(`part ${index} of a frame ends behind the frame`);
    parts.push(body.subarray(offset, end));
    offset = end;
  }
  if (offset !== body.length)
    throw protocolError(`a frame has ${body.length - offset} bytes behind its last part`);
  return { header, parts };
}

function readHeader(text: string): FrameHeader {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw protocolError(`a frame's header is not JSON: ${JSON.stringify(text.slice(0, 80))}`, cause);
  }
  if (typeof value === "object" && value !== null && "type" in value && typeof value.type === "string") {
    return value as FrameHeader;
  }
  throw protocolError(`a frame's header has no type: ${JSON.stringify(text.slice(0, 80))}`);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** The error for bytes or values that the driver protocol does not have. */
export function protocolError(message: string, cause?: unknown): KernelError {
  return new KernelError("KERNEL_HOST_PROTOCOL", message, { cause });
}
