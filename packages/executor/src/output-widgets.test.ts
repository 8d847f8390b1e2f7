import type { JsonObject, JsonValue } from "@notemill/json";
import type { OutgoingComm } from "@notemill/kernel";
import { describe, expect, it } from "vitest";
import { createOutputBudget } from "./output-budget.ts";
import { DEFAULT_OUTPUT_LIMITS } from "./output-limits.ts";
import { createOutputWidgets } from "./output-widgets.ts";

const MODEL = { _model_module: "@jupyter-widgets/output", _model_name: "OutputModel" };

/** The Output widgets `a` and `b`, and short words for what happens to them. */
function twoWidgets(limits = DEFAULT_OUTPUT_LIMITS) {
  const spill = { write: () => ({ path: "", kept: 0 }), restart: () => undefined };
  const widgets = createOutputWidgets({ budget: createOutputBudget(limits), spill });
  const set = (
    commId: string,
    state: JsonObject,
    type: "comm_open" | "comm_msg" | "comm_close" = "comm_msg",
  ) => widgets.apply({ type, content: { comm_id: commId, target_name: null, data: { state } }, buffers: [] });
  set("a", { ...MODEL, msg_id: "", outputs: [] }, "comm_open");
  set("b", { ...MODEL, msg_id: "", outputs: [] }, "comm_open");
  return {
    widgets,
    set,
    begin: (commId: string, msgId: string) => set(commId, { msg_id: msgId }),
    end: (commId: string) => set(commId, { msg_id: "" }),
    /** Whether a widget took it. */
    print: (msgId: string, text: string) =>
      widgets.capturing(msgId)?.append({ output_type: "stream", name: "stdout", text }) !== undefined,
    shown: (commId: string) => printed(widgets.stateOf(commId)),
    /** What the kernel is told now. */
    synced() {
      const sent: string[] = [];
      widgets.sync(({ commId, data }: OutgoingComm) =>
        sent.push(`${commId}: ${printed((data["state"] as JsonObject)["outputs"])}`),
      );
      return sent;
    },
  };
}

function printed(outputs: JsonValue | undefined): string | undefined {
  return Array.isArray(outputs)
    ? outputs.map((it: JsonValue) => String((it as JsonObject)["text"])).join("|")
    : undefined;
}

describe("output widgets", () => {
  it("take the outputs of a request from begin to end", () => {
    const { begin, end, print, shown } = twoWidgets();
    expect(print("m1", "before")).toBe(false);
    begin("a", "m1");
    expect(print("m1", "in ")).toBe(true);
    expect(print("m2", "elsewhere")).toBe(false);
    print("m1", "it");
    end("a");
    expect(print("m1", "after")).toBe(false);
    expect([shown("a"), shown("b")]).toEqual(["in it", ""]);
  });

  it.each([
    { first: "b", second: "a", shows: ["1 3", "2"] },
    { first: "a", second: "b", shows: ["1", "23"] },
  ])("give way to the one that began last, where $first ends before $second", ({ first, second, shows }) => {
    const { begin, end, print, shown } = twoWidgets();
    begin("a", "m");
    print("m", "1");
    begin("b", "m");
    print("m", "2");
    end(first);
    print("m", first === "b" ? " 3" : "3");
    end(second);
    expect(print("m", "4")).toBe(false);
    expect([shown("a"), shown("b")]).toEqual(shows);
  });

  it("let go of one request when they turn to another, and when they are closed", () => {
    const { begin, print, set, shown } = twoWidgets();
    begin("a", "m1");
    begin("a", "m2");
    expect(print("m1", "late")).toBe(false);
    print("m2", "text");
    set("a", {}, "comm_close");
    expect(print("m2", "closed")).toBe(false);
    expect(shown("a")).toBe("text");
  });

  it("show what the kernel sets, and go on behind it", () => {
    const { begin, print, set, shown, synced } = twoWidgets();
    set("a", { outputs: [{ output_type: "stream", name: "stdout", text: "set" }, "no output", 7] });
    expect(synced()).toEqual([]);
    begin("a", "m");
    print("m", " and on");
    expect(shown("a")).toBe("set and on");
    expect(synced()).toEqual(["a: set and on"]);
  });

  it("tell the kernel once of what is new", () => {
    const { begin, end, print, synced } = twoWidgets();
    begin("a", "m");
    for (let i = 0; i < 5; i++) print("m", `${i}`);
    expect(synced()).toEqual(["a: 01234"]);
    print("m", "5");
    end("a");
    expect(synced()).toEqual(["a: 012345"]);
    expect(synced()).toEqual([]);
  });

  it("keep head and tail of what is too long, as cells do", () => {
    const { begin, print, shown } = twoWidgets({ ...DEFAULT_OUTPUT_LIMITS, streamLength: 6400 });
    begin("a", "m");
    for (let i = 0; i < 1000; i++) print("m", `${String(i).padStart(9, "0")}\n`);
    expect(shown("a")?.length).toBeLessThan(8000);
    expect(shown("a")).toMatch(/^000000000[^]*characters of output are left out[^]*000000999\n$/);
  });

  it("are no other models", () => {
    const { widgets, set, begin } = twoWidgets();
    set("c", { ...MODEL, _model_name: "IntSliderModel" }, "comm_open");
    begin("c", "m");
    expect([widgets.capturing("m"), widgets.stateOf("c")]).toEqual([undefined, undefined]);
  });
});
