import { RawJson } from "@notemill/json";
import { describe, expect, it } from "vitest";
import { createAnchors } from "../markup/anchors.ts";
import { createMarkdownRenderer } from "../markdown/render-markdown.ts";
import { createMathRenderer } from "../markdown/render-math.ts";
import { renderOutputs } from "../outputs/render-outputs.ts";
import { renderWidget } from "./render-widget.ts";
import type { WidgetModels } from "./widget-models.ts";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

type Model = readonly [kind: string, state: object, buffers?: readonly object[]];

/** The markup of the first of these widgets. */
function shown(...models: readonly Model[]): string | undefined {
  const states = models.map(([kind, state, buffers = []], index) => [
    String(index),
    { model_name: `${kind}Model`, state, buffers },
  ]);
  const anchors = createAnchors();
  const renderMath = createMathRenderer();
  return renderWidget(new RawJson('{"model_id":"0"}'), {
    renderOutputs,
    page: {
      anchors,
      renderMath,
      renderMarkdown: createMarkdownRenderer({ anchors, renderMath }),
      widgets: JSON.parse(JSON.stringify(Object.fromEntries(states))) as WidgetModels,
      maxOutputLength: Number.POSITIVE_INFINITY,
      maxTableRows: 100,
    },
  });
}

/** What a reader sees: the words, with the length of each filled part of a line. */
function seen(...models: readonly Model[]): string | undefined {
  return shown(...models)
    ?.replaceAll(/<span class="level" style="width:([\d.]+)%">/g, " [$1] ")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

describe("renderWidget", () => {
  it.each<readonly [what: string, model: Model, text: string]>([
    ["slider", ["IntSlider", { description: "n", value: 3, min: 1, max: 5 }], "n [50.0] 3"],
    ["float", ["FloatSlider", { value: 0.1 + 0.2, min: 0, max: 1 }], "[30.0] 0.3"],
    ["range", ["IntRangeSlider", { value: [2, 4], min: 0, max: 8 }], "[25.0] 2 – 4"],
    ["logarithm", ["FloatLogSlider", { value: 100, base: 10, min: 0, max: 4 }], "[50.0] 100"],
    ["choice", ["SelectionSlider", { _options_labels: ["a", "b", "c"], index: 1 }], "[50.0] b"],
    [
      "progress",
      ["FloatProgress", { value: 30, min: 0, max: 120, description: "fit" }],
      "fit [25.0] 30 of 120",
    ],
    ["too much", ["IntProgress", { value: 9, max: 3 }], "[100.0] 9 of 3"],
    ["no range", ["IntSlider", { value: 9, min: 0, max: 0 }], "[0.0] 9"],
    ["text", ["Text", { description: "who", value: "<Ada>" }], "who &lt;Ada&gt;"],
    ["secret", ["Password", { value: "hunter2" }], "••••••"],
    ["lines", ["Textarea", { value: "a\nb" }], "a b"],
    ["number", ["BoundedFloatText", { value: 1.5 }], "1.5"],
    ["date", ["DatePicker", { value: { year: 2024, month: 1, date: 9 } }], "2024-02-09"],
    ["tick", ["Checkbox", { value: true, description: "all" }], "☑ all"],
    ["no tick", ["Checkbox", { value: false, description: "all" }], "☐ all"],
    ["dropdown", ["Dropdown", { description: "of", _options_labels: ["a", "b"], index: 1 }], "of b ▾"],
    ["nothing chosen", ["Dropdown", { _options_labels: ["a"], index: null }], "▾"],
    ["radio", ["RadioButtons", { _options_labels: ["a", "b"], index: 1 }], "○ a ◉ b"],
    ["several", ["SelectMultiple", { _options_labels: ["a", "b", "c"], index: [0, 2] }], "☑ a ☐ b ☑ c"],
    ["button", ["Button", { description: "Go" }], "Go"],
    ["HTML", ["HTML", { value: "<b>fit</b> &lt;1 s" }], "fit &lt;1 s"],
    ["what nobody knows", ["Odd", { description: "odd", value: 7 }], "odd 7"],
  ])("shows a %s", (_what, model, text) => {
    expect(seen(model)).toBe(text);
  });

  it("shows boxes with what is in them, each widget once, however they are nested", () => {
    const box: Model = ["HBox", { children: ["IPY_MODEL_1", "IPY_MODEL_2", "IPY_MODEL_0", "IPY_MODEL_9"] }];
    const tab: Model = ["Tab", { children: ["IPY_MODEL_3"], titles: ["First"] }];
    const html = shown(box, ["Label", { value: "left" }], tab, ["Label", { value: "in a tab" }]);
    expect(html).toMatch(
      /^<section class="widget-view"[^>]*><div class="widget-box row">.*left.*First.*in a tab/,
    );
    const wide: Model = ["VBox", { children: Array.from({ length: 300 }, (_, at) => `IPY_MODEL_${at + 1}`) }];
    const many = seen(wide, ...Array.from({ length: 300 }, (_, at): Model => ["Label", { value: `w${at}` }]));
    expect(many).toMatch(/w198 More widgets are left out\.$/);
  });

  it("shows what an output widget has caught, and pictures by their bytes", () => {
    const outputs = [
      { output_type: "stream", name: "stdout", text: "caught" },
      { output_type: "display_data", metadata: {}, data: { "text/html": "<i>more</i>" } },
    ];
    expect(seen(["Output", { outputs }])).toBe("caught more");
    expect(seen(["Output", { outputs: "none" }])).toBeUndefined();
    const buffers = [{ encoding: "base64", path: ["value"], data: PNG }];
    expect(shown(["Image", { format: "png" }, buffers])).toContain(`src="data:image/png;base64,${PNG}"`);
  });

  it("has no more of HTML than other outputs have", () => {
    const html = shown(["HTML", { value: "<b onclick=alert(1)>x</b><script>alert(2)</script>" }]) ?? "";
    expect(html).not.toMatch(/alert|script>/);
    expect(html).toContain("<b>x</b>");
  });

  it("is nothing where the state is not there", () => {
    expect(shown()).toBeUndefined();
    expect(shown(["Label", {}])).toBeUndefined();
  });
});
