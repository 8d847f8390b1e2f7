import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Frame } from "./frame-codec.ts";
import { createFrameDecoder, encodeFrame, MAX_BODY_BYTES, readFrames } from "./frame-codec.ts";

const frames = fc.array(
  fc.record({
    header: fc
      .dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false }), { maxKeys: 4 })
      .chain((fields) => fc.string().map((type) => ({ ...fields, type }))),
    parts: fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }),
  }),
  { maxLength: 6 },
);

describe("frames", () => {
  it("come out as they went in, however the bytes are cut", () => {
    fc.assert(
      fc.property(frames, fc.array(fc.nat(200), { minLength: 1 }), (sent, cuts) => {
        const decoder = createFrameDecoder();
        const received = pieces(encodeAll(sent), cuts).flatMap((piece) => decoder.push(piece));
        expect(plain(received)).toEqual(plain(sent));
      }),
    );
  });

  it("are read up to one that is torn", () => {
    fc.assert(
      fc.property(frames, fc.nat(), (sent, cut) => {
        const bytes = encodeAll(sent);
        const torn = bytes.subarray(0, bytes.length === 0 ? 0 : cut % bytes.length);
        const { frames: read, end } = readFrames(torn);
        expect(plain(read)).toEqual(plain(sent.slice(0, read.length)));
        expect(end).toBe(encodeAll(sent.slice(0, read.length)).length);
      }),
    );
  });

  it("refuse bytes that are none with a coded error, and hold nothing for them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const decoder = createFrameDecoder();
        try {
          decoder.push(bytes);
        } catch (error) {
          expect(error).toMatchObject({ code: "KERNEL_HOST_PROTOCOL" });
        }
      }),
    );
  });

  it.each([
    ["too long a body", [0xff, 0xff, 0xff, 0xff], "4294967295 bytes"],
    ["too short a body", [0, 0, 0, 4, 0, 0, 0, 0], "has 4 bytes"],
    ["more parts than bytes", [0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 9], "9 parts"],
    ["a header that is not JSON", [0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, 0, 0x7b], "not JSON"],
    ["a header without a type", [0, 0, 0, 10, 0, 0, 0, 2, 0, 0, 0, 0, 0x7b, 0x7d], "no type"],
  ])("refuse %s and say so", (_what, bytes, message) => {
    expect(() => createFrameDecoder().push(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({
        code: "KERNEL_HOST_PROTOCOL",
        message: expect.stringContaining(message) as unknown,
      }),
    );
  });

  it("come out as they went in when they are too large to be copied", () => {
    const parts = [Buffer.alloc(100_000, 1), Buffer.alloc(0), Buffer.alloc(5, 2)];
    const written = encodeFrame({ type: "message" }, parts);
    expect(written[1]).toBe(parts[0]);
    const { frames: read } = readFrames(Buffer.concat(written));
    expect(read[0]?.parts).toEqual(parts);
  });

  it("refuse to be written when they are too long", () => {
    const part = { length: MAX_BODY_BYTES } as Uint8Array;
    expect(() => encodeFrame({ type: "message" }, [part])).toThrow(
      expect.objectContaining({ code: "KERNEL_HOST_PROTOCOL" }),
    );
  });
});

function encodeAll(sent: readonly Frame[]): Buffer {
  return Buffer.concat(sent.flatMap(({ header, parts }) => encodeFrame(header, parts)));
}

/** Cuts bytes at lengths that are used over and over. */
function pieces(bytes: Buffer, lengths: readonly number[]): readonly Buffer[] {
  const result: Buffer[] = [];
  for (let at = 0, index = 0; at < bytes.length; index++) {
    const length = 1 + (lengths[index % lengths.length] ?? 0);
    result.push(bytes.subarray(at, at + length));
    at += length;
  }
  return result;
}

function plain(sent: readonly Frame[]): unknown {
  return sent.map(({ header, parts }) => ({
    header: JSON.parse(JSON.stringify(header)) as unknown,
    parts: parts.map((part) => [...part]),
  }));
}
