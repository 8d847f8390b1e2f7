import type { JsonObject } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { type CommMessage, createWidgetStates } from "./widget-states.ts";

/** What is saved after a kernel sent these states, each as the comm's id, its state and the buffer at `image`. */
function saved(messages: readonly (readonly [string, JsonObject, string?])[], maxLength = 1e6) {
  let complaints = 0;
  const widgets = createWidgetStates({ maxLength, onTooLong: () => (complaints += 1) });
  for (const [commId, state, buffer] of messages) {
    const data = { state, buffer_paths: buffer === undefined ? [] : [["image"]] };
    widgets.apply({
      type: "comm_msg",
      content: { comm_id: commId, target_name: null, data },
      buffers: buffer === undefined ? [] : [Buffer.from(buffer)],
    } as unknown as CommMessage);
  }
  const all = widgets.snapshot()?.["application/vnd.jupyter.widget-state+json"] as JsonObject | undefined;
  return { widgets: all?.["state"], complaints };
}

const slider = { _model_name: "Slider", _model_module: "m", _model_module_version: "2" };
const entry = { model_name: "Slider", model_module: "m", model_module_version: "2" };

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
