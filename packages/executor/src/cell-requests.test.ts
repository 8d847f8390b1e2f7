import { describe, expect, it } from "vitest";
import type { Cell } from "@notemill/nbformat";
import { createCellRecord } from "./cell-record.ts";
import { createCellRequests } from "./cell-requests.ts";
import { createOutputBudget } from "./output-budget.ts";
import { DEFAULT_OUTPUT_LIMITS } from "./output-limits.ts";
import { createSpillFiles } from "./spill-files.ts";

const cell = (id: string, cell_type: "code" | "markdown" = "code"): Cell =>
  cell_type === "code"
    ? { id, cell_type, metadata: {}, source: id, execution_count: null, outputs: [] }
    : { id, cell_type, metadata: {}, source: id };

function make({ takesRequestsAhead = true, mayGoAhead = true, isAborted = false } = {}) {
  const sent: string[] = [];
  const budget = createOutputBudget(DEFAULT_OUTPUT_LIMITS);
  const spill = createSpillFiles(undefined, 0);
  const records = [cell("a"), cell("b"), cell("text", "markdown"), cell("c")].map((it, index) =>
    createCellRecord(it, index, { budget, spill }),
  );
  const requests = createCellRequests({
    kernel: {
      takesRequestsAhead,
      execute(code) {
        sent.push(code);
        return { msgId: code, reply: new Promise(() => {}), async *[Symbol.asyncIterator]() {} };
      },
    },
    records,
    mayGoAhead: () => mayGoAhead,
    signal: isAborted ? AbortSignal.abort() : new AbortController().signal,
    allowErrors: false,
    cellTimeoutMs: null,
  });
  const [a, b] = records as [(typeof records)[0], (typeof records)[0]];
  return { requests, sent, a, b };
}

describe("the requests of cells", () => {
  it("sends the cell behind one that has succeeded, and not again when its turn comes", () => {
    const { requests, sent, a, b } = make();
    requests.take(a);
    requests.sendBehind(a);
    expect(requests.ahead?.record).toBe(b);
    expect(requests.take(b).msgId).toBe("b");
    expect(requests.ahead).toBeUndefined();
    expect(sent).toEqual(["a", "b"]);
  });

  it.each([
    ["a kernel that may say something behind its reply", { takesRequestsAhead: false }],
    ["a kernel that is to be told something first", { mayGoAhead: false }],
    ["a run that is to end", { isAborted: true }],
  ])("sends nothing ahead to %s", (_why, options) => {
    const { requests, sent, a, b } = make(options);
    requests.take(a);
    requests.sendBehind(a);
    expect(requests.ahead).toBeUndefined();
    requests.take(b);
    expect(sent).toEqual(["a", "b"]);
  });

  it("does not send ahead what needs no kernel", () => {
    const { requests, sent, b } = make();
    requests.take(b);
    requests.sendBehind(b);
    expect(requests.ahead).toBeUndefined();
    expect(sent).toEqual(["b"]);
  });
});
