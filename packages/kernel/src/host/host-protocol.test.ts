import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messageBytes, messageParts, readHostFrame, readRequest } from "./host-protocol.ts";

describe("readRequest", () => {
  it.each([
    { type: "start", version: 1 },
    { type: "attach", version: 1, takeOver: false, fence: null },
    { type: "attach", version: 1, takeOver: true, fence: 7 },
    { type: "flow", sequence: null },
    { type: "message", channel: "shell" },
    { type: "call", call: 3, method: "keep", keepMs: 1000 },
  ])("reads $type", (header) => {
    expect(readRequest({ header, parts: [] })).toEqual(header);
  });

  it.each([
    [{ type: "attach", version: 1, fence: null }, "takeOver undefined; expected true or false"],
    [{ type: "flow", sequence: "7" }, 'sequence "7"; expected a whole number or null'],
    [{ type: "message", channel: 5 }, "channel 5; expected shell"],
    [{ type: "message", channel: "iopub" }, 'channel "iopub"; expected shell, control or stdin'],
    [{ type: "call", call: 1, method: "eval" }, 'method "eval"'],
    [{ type: "call", call: 1, method: "keep", keepMs: -1 }, "keepMs -1"],
    [{ type: "stop", version: 1, mode: "brutal" }, 'mode "brutal"'],
    [{ type: "toString" }, 'unknown type "toString"'],
  ])("refuses %j", (header, message) => {
    expect(() => readRequest({ header, parts: [] })).toThrow(
      expect.objectContaining({
        code: "KERNEL_HOST_PROTOCOL",
        message: expect.stringContaining(message) as unknown,
      }),
    );
  });

  it("gives a frame of the protocol or a coded error, whatever comes", () => {
    const field = fc.constantFrom(
      "version",
      "takeOver",
      "fence",
      "sequence",
      "channel",
      "call",
      "method",
      "mode",
    );
    const type = fc.constantFrom("start", "attach", "status", "stop", "flow", "message", "call", "__proto__");
    fc.assert(
      fc.property(type, fc.dictionary(field, fc.jsonValue()), (type, fields) => {
        try {
          readRequest({ header: { ...fields, type }, parts: [] });
        } catch (error) {
          expect(error).toMatchObject({ code: "KERNEL_HOST_PROTOCOL" });
        }
      }),
    );
  });
});

describe("readHostFrame", () => {
  it("refuses a frame that only a driver sends", () => {
    expect(() => readHostFrame({ header: { type: "flow", sequence: 1 }, parts: [] })).toThrow(
      /unknown type "flow"/,
    );
  });
});

describe("messageParts", () => {
  it("keeps the parts of a message in their places", () => {
    const [header, parentHeader, metadata, content, first, second] = [1, 2, 3, 4, 5, 6].map((n) =>
      Uint8Array.of(n),
    );
    if (!header || !parentHeader || !metadata || !content || !first || !second)
      throw new Error("unreachable");
    const bytes = { header, parentHeader, metadata, content, buffers: [first, second] };
    expect(messageBytes(messageParts(bytes))).toEqual(bytes);
  });

  it("refuses a message of three parts", () => {
    expect(() => messageBytes([Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)])).toThrow(/3 parts/);
  });
});
