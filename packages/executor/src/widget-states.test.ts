import { encodeJson, type JsonObject, RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { createOutputBudget } from "./output-budget.ts";
import { DEFAULT_OUTPUT_LIMITS } from "./output-limits.ts";
import { restoreWidgets } from "./restore-widgets.ts";
import { createWidgetStates, type WidgetStates } from "./widget-states.ts";

/** No widgets yet, and a count of the complaints that there are too many. */
function noWidgets(maxLength: number): { readonly widgets: WidgetStates; complaints: number } {
  const spill = { write: () => ({ path: "", kept: 0 }), restart: () => undefined };
  const room = { budget: createOutputBudget(DEFAULT_OUTPUT_LIMITS), spill };
  const all = {
    widgets: createWidgetStates({ maxLength, onTooLong: () => (all.complaints += 1), room }),
    complaints: 0,
  };
  return all;
}

/** Sends a state, and the buffer at `image`. */
function send(widgets: WidgetStates, commId: string, state: JsonObject, buffer?: string): void {
  widgets.apply({
    type: "comm_msg",
    content: {
      comm_id: commId,
      target_name: null,
      data: { state, buffer_paths: buffer === undefined ? [] : [["image"]] },
    },
    buffers: buffer === undefined ? [] : [Buffer.from(buffer)],
  });
}

/** What is saved after a kernel sent these states, each as the comm's id, its state and the buffer at `image`. */
function saved(messages: readonly (readonly [string, JsonObject, string?])[], maxLength = 1e6) {
  const all = noWidgets(maxLength);
  for (const [commId, state, buffer] of messages) send(all.widgets, commId, state, buffer);
  return { widgets: stateOf(all.widgets), complaints: all.complaints };
}

function stateOf(widgets: WidgetStates): JsonObject[string] | undefined {
  const all = widgets.snapshot()?.["application/vnd.jupyter.widget-state+json"] as JsonObject | undefined;
  return all?.["state"];
}

const slider = { _model_name: "Slider", _model_module: "m", _model_module_version: "2" };
const entry = { model_name: "Slider", model_module: "m", model_module_version: "2" };

const OUTPUT_MODEL = {
  _model_name: "OutputModel",
  _model_module: "@jupyter-widgets/output",
  _model_module_version: "1",
};

describe("the state of widgets", () => {
  it("is the last of every value and buffer", () => {
    const { widgets } = saved([
      ["a", { ...slider, value: 1 }, "old"],
      ["a", { value: 2 }, "new"],
      ["a", { min: 0 }],
    ]);
    const buffers = [{ encoding: "base64", path: ["image"], data: "bmV3" }];
    expect(widgets).toEqual({ a: { ...entry, state: { ...slider, value: 2, min: 0 }, buffers } });
  });

  it("has what Output widgets show, which the limits of outputs are for", () => {
    const { widgets } = noWidgets(2000);
    const text = "x".repeat(5000);
    send(widgets, "a", { ...OUTPUT_MODEL, msg_id: "m", outputs: [] });
    widgets.capturing("m")?.append({ output_type: "stream", name: "stdout", text });
    const outputs = [{ output_type: "stream", name: "stdout", text }];
    expect(stateOf(widgets)).toMatchObject({ a: { model_name: "OutputModel", state: { outputs } } });
  });

  it("captures no more once it is left out", () => {
    const all = noWidgets(2000);
    send(all.widgets, "a", { ...OUTPUT_MODEL, msg_id: "m" });
    send(all.widgets, "b", { ...slider, value: "x".repeat(5000) });
    expect([all.widgets.capturing("m"), all.complaints]).toEqual([undefined, 1]);
  });

  it("is the same once it is restored", () => {
    const before = noWidgets(1e6).widgets;
    const outputs = [{ output_type: "stream", name: "stdout", text: "shown" }];
    send(before, "a", { ...slider, value: 1 }, "pixels");
    send(before, "b", { ...OUTPUT_MODEL, msg_id: "", outputs });
    const after = noWidgets(1e6).widgets;
    const type = "application/vnd.jupyter.widget-state+json";
    restoreWidgets(after, { [type]: new RawJson(encodeJson(before.snapshot()?.[type] ?? null)) });
    expect(after.snapshot()).toEqual(before.snapshot());
    restoreWidgets(after, {
      [type]: { state: { c: 1, d: { state: [] } } },
    });
    expect(after.snapshot()).toEqual(before.snapshot());
  });

  it("is only that of widgets", () => {
    expect(saved([["a", { value: 1 }]]).widgets).toBeUndefined();
  });

  it("does not grow by what takes the place of something", () => {
    const updates = Array.from({ length: 1000 }, (_, i): [string, JsonObject] => [
      "a",
      { value: `${i}`.repeat(100) },
    ]);
    const { widgets, complaints } = saved([["a", slider], ...updates], 2000);
    expect(widgets).toMatchObject({ a: { state: { value: "999".repeat(100) } } });
    expect(complaints).toBe(0);
  });

  it.each([
    [
      "values",
      Array.from({ length: 100 }, (_, i): [string, JsonObject] => ["a", { [`k${i}`]: "x".repeat(100) }]),
    ],
    ["widgets", Array.from({ length: 100 }, (_, i): [string, JsonObject] => [`w${i}`, slider])],
    ["buffers", [["a", {}, "x".repeat(5000)] as [string, JsonObject, string]]],
  ])("is left out when there are too many %s, which is told once", (_what, messages) => {
    expect(saved([["a", slider], ...messages], 2000)).toEqual({ widgets: undefined, complaints: 1 });
  });
});
