import fc from "fast-check";
import { encodeJson, isJsonObject } from "@notemill/json";
import type { JsonValue, RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { decodeMessage } from "./decode-message.ts";
import { encodeMessage } from "./encode-message.ts";
import type { OutgoingMessage } from "./kernel-message.ts";
import { MessagingError } from "./messaging-error.ts";
import { createReplayGuard } from "./replay-guard.ts";
import { decodeUtf8, encodeUtf8 } from "./text-codec.ts";
import { verifyMessage } from "./verify-message.ts";
import type { Sign } from "./wire-format.ts";

/** A stand-in for HMAC: any function of the bytes and a key will do here. */
function signerOf(key: string): Sign {
  return (parts) => {
    let sum = 17;
    for (const part of [encodeUtf8(key), ...parts])
      for (const byte of part) sum = (sum * 31 + byte) % 1_000_003;
    return sum.toString(16);
  };
}
const sign = signerOf("secret");

const header = {
  msg_id: "1",
  msg_type: "execute_request",
  session: "s",
  username: "u",
  date: "2018-08-16T10:00:00.000000Z",
  version: "5.4",
};

function message(content: OutgoingMessage["content"] = {}, type = "execute_request"): OutgoingMessage {
  return { header: { ...header, msg_type: type }, content };
}

/** Reads content of a type as a kernel might have sent it. */
function readContent(type: string, contentText: string): unknown {
  const parts = [JSON.stringify({ ...header, msg_type: type }), "{}", "{}", contentText].map(encodeUtf8);
  const frames = [encodeUtf8("<IDS|MSG>"), encodeUtf8(sign(parts)), ...parts];
  const { type: read, content } = decodeMessage("iopub", frames, sign);
  return { type: read, content };
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof MessagingError) return error.code;
    throw error;
  }
  return "none";
}

const json = fc.jsonValue().map((value) => value as JsonValue);

describe("encodeMessage and decodeMessage", () => {
  it("give back what was sent", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "grapheme" }), json),
        fc.array(fc.uint8Array()),
        fc.array(fc.uint8Array({ maxLength: 5 })),
        (content, buffers, identities) => {
          const sent = { ...message(), content, buffers };
          const frames = encodeMessage({ ...sent, parent_header: header, metadata: { a: 1 } }, sign);
          const read = decodeMessage("shell", [...identities, ...frames], sign);
          expect(isJsonObject(read.content) && encodeJson(read.content)).toBe(encodeJson(sent.content));
          expect(read.buffers.map((buffer) => [...buffer])).toEqual(buffers.map((buffer) => [...buffer]));
          expect(read).toMatchObject({ type: "other", header, parent_header: header, metadata: { a: 1 } });
        },
      ),
    );
  });

  it("never fail otherwise than by a MessagingError, whatever comes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), fc.boolean(), (frames, isSigned) => {
        const all = isSigned
          ? [encodeUtf8("<IDS|MSG>"), encodeUtf8(sign(frames.slice(0, 4))), ...frames]
          : [...frames, encodeUtf8("<IDS|MSG>"), ...frames];
        codeOf(() => decodeMessage("iopub", all, sign));
      }),
    );
  });

  it.each([0, 1, 2, 3])("refuse a message of which part %i was changed", (part) => {
    const frames = encodeMessage(message({ code: "1" }), sign).map((frame) => Uint8Array.from(frame));
    const changed = frames[part + 2];
    if (changed) changed[0] = 0x20;
    expect(codeOf(() => decodeMessage("iopub", frames, sign))).toBe("MESSAGE_SIGNATURE_INVALID");
  });

  it("refuse a message signed with another key, and take any where there is no key", () => {
    const frames = encodeMessage(message({ code: "1" }), signerOf("other"));
    expect(codeOf(() => decodeMessage("iopub", frames, sign))).toBe("MESSAGE_SIGNATURE_INVALID");
    expect(codeOf(() => decodeMessage("iopub", frames, () => ""))).toBe("none");
  });

  it("say which request a message belongs to whose content cannot be read", () => {
    const parts = [
      JSON.stringify(header),
      JSON.stringify({ ...header, msg_id: "p" }),
      "{}",
      '{"text": }',
    ].map(encodeUtf8);
    const frames = [encodeUtf8("<IDS|MSG>"), encodeUtf8(sign(parts)), ...parts];
    expect(() => decodeMessage("iopub", frames, sign)).toThrow(
      expect.objectContaining({ code: "MESSAGE_MALFORMED", details: { channel: "iopub", parent: "p" } }),
    );
  });
});

describe("a replay guard", () => {
  it("lets each message through once", () => {
    const seen = createReplayGuard();
    const frames = encodeMessage(message(), sign);
    expect(codeOf(() => verifyMessage("iopub", frames, sign, seen))).toBe("none");
    expect(codeOf(() => verifyMessage("iopub", frames, sign, seen))).toBe("MESSAGE_REPLAYED");
  });

  it("remembers as many as it promises, and forgets in the end", () => {
    const seen = createReplayGuard(10);
    for (let i = 0; i < 25; i++) expect(seen.admit(String(i))).toBe(true);
    for (let i = 15; i < 25; i++) expect(seen.admit(String(i))).toBe(false);
    expect(seen.admit("0")).toBe(true);
  });
});

describe("content", () => {
  it.each([
    ["stream", '{"name":"stderr","text":"a\\n"}', { name: "stderr", text: "a\n" }],
    ["stream", '{"text":["a","b"]}', { name: "stdout", text: "ab" }],
    ["status", '{"execution_state":"busy"}', { execution_state: "busy" }],
    ["status", '{"execution_state":"terminating"}', { execution_state: "other" }],
    ["clear_output", '{"wait":true}', { wait: true }],
    ["error", '{"ename":"E","evalue":1.0,"traceback":null}', { ename: "E", evalue: "1.0", traceback: [] }],
    ["execute_input", '{"code":"x","execution_count":3}', { code: "x", execution_count: 3 }],
    [
      "display_data",
      '{"data":{"text/plain":["a\\n","b"]},"metadata":{},"transient":{"display_id":"d"}}',
      { data: { "text/plain": "a\nb" }, metadata: {}, transient: { display_id: "d" } },
    ],
    ["update_display_data", "{}", { data: {}, metadata: {}, transient: {} }],
    [
      "comm_open",
      '{"comm_id":"c","target_name":"t","data":{"a":1}}',
      { comm_id: "c", target_name: "t", data: { a: 1 } },
    ],
    ["comm_msg", '{"comm_id":"c"}', { comm_id: "c", target_name: null, data: {} }],
    ["input_request", '{"prompt":"? ","password":true}', { prompt: "? ", password: true }],
  ])("of %s is read from %s", (type, text, content) => {
    expect(readContent(type, text)).toEqual({ type, content });
  });

  it("of an unknown type is kept as it is", () => {
    expect(readContent("debug_event", '{"a":[1]}')).toEqual({ type: "other", content: { a: [1] } });
  });

  it("keeps numbers that JavaScript would change, and JSON as its text", () => {
    const text =
      '{"execution_count":1,"data":{"application/json":{"a": 1.0, "b": NaN},"x/y":12345678901234567890},"metadata":{"n":1.0}}';
    const read = readContent("execute_result", text) as {
      content: { data: Record<string, RawJson>; metadata: Record<string, { text: string }> };
    };
    expect(read.content.data["application/json"]?.text).toBe('{"a": 1.0, "b": NaN}');
    expect(read.content.data["x/y"]?.text).toBe("12345678901234567890");
    expect(read.content.metadata["n"]?.text).toBe("1.0");
  });

  it("survives a lone surrogate and broken UTF-8", () => {
    expect(readContent("stream", '{"name":"stdout","text":"\\ud800"}')).toMatchObject({
      content: { text: "\ud800" },
    });
    expect(decodeUtf8(Uint8Array.of(0xff))).toBe("\ufffd");
  });
});
