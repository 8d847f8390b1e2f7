import { describe, expect, it } from "vitest";
import {
  readCommInfoReply,
  readCompleteReply,
  readExecuteReply,
  readHistoryReply,
  readInspectReply,
  readIsCompleteReply,
  readKernelInfo,
} from "./read-reply.ts";

describe("replies", () => {
  it.each([
    [
      { status: "ok", execution_count: 2, user_expressions: { a: 1 }, payload: [{ source: "page" }, 3] },
      { status: "ok", execution_count: 2, user_expressions: { a: 1 }, payload: [{ source: "page" }] },
    ],
    [{ status: "ok" }, { status: "ok", execution_count: null, user_expressions: {}, payload: [] }],
    [
      { status: "error", execution_count: 1, ename: "E", evalue: "v", traceback: ["t"] },
      { status: "error", execution_count: 1, ename: "E", evalue: "v", traceback: ["t"] },
    ],
    [{ status: "aborted" }, { status: "aborted", execution_count: null }],
    [{}, { status: "aborted", execution_count: null }],
  ])("to execute %j", (content, reply) => {
    expect(readExecuteReply(content)).toEqual(reply);
  });

  it("to complete, inspect and is_complete", () => {
    expect(readCompleteReply({ matches: ["a"], cursor_start: 1, cursor_end: 2 })).toEqual({
      matches: ["a"],
      cursor_start: 1,
      cursor_end: 2,
      metadata: {},
    });
    expect(readInspectReply({ found: true, data: { "text/plain": "doc" } })).toEqual({
      found: true,
      data: { "text/plain": "doc" },
      metadata: {},
    });
    expect(readInspectReply({ status: "error" })).toEqual({ found: false, data: {}, metadata: {} });
    expect(readIsCompleteReply({ status: "incomplete", indent: "  " })).toEqual({
      status: "incomplete",
      indent: "  ",
    });
    expect(readIsCompleteReply({ status: "error" })).toEqual({ status: "unknown", indent: "" });
  });

  it("to history, with and without outputs", () => {
    const history = [[1, 2, "code"], [1, 3, ["in", "out"]], [1, 4, null], "junk"];
    expect(readHistoryReply({ history })).toEqual({
      history: [
        { session: 1, line: 2, input: "code", output: null },
        { session: 1, line: 3, input: "in", output: "out" },
      ],
    });
  });

  it("to comm_info and kernel_info", () => {
    expect(readCommInfoReply({ comms: { c: { target_name: "t" } } })).toEqual({
      comms: { c: { target_name: "t" } },
    });
    expect(readKernelInfo({ protocol_version: "5.3", language_info: { name: "python" } })).toEqual({
      protocol_version: "5.3",
      implementation: "",
      implementation_version: "",
      banner: "",
      language_info: { name: "python" },
      supported_features: [],
    });
  });
});
