import { isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import type { OutgoingComm } from "@notemill/kernel";
import { type Output, outputFromJson } from "@notemill/nbformat";
import { type CellOutputs, createCellOutputs } from "./cell-outputs.ts";
import type { OutputRoom } from "./output-limits.ts";
import type { CommMessage } from "./widget-states.ts";

/**
 * Does for the Output widgets of ipywidgets what a front end does for them.
 *
 * A widget whose `msg_id` names a request takes the outputs of that request to
 * itself, and the kernel is told what it shows. Where several widgets want the
 * same outputs, the one that began last gets them, until it ends.
 */
export interface OutputWidgets {
  apply(message: CommMessage): void;
  /** What takes the outputs of the request `msgId` now, in place of its cell. */
  capturing(msgId: string): CellOutputs | undefined;
  /** What the widget shows, as its state has it; `undefined` when there is no such Output widget. */
  stateOf(commId: string): JsonValue | undefined;
  /** Sends the kernel what each widget shows, where it does not know that yet. */
  sync(send: (comm: OutgoingComm) => void): void;
  /** Forgets all widgets; outputs go to their cells again. */
  clear(): void;
}

interface OutputWidget {
  readonly outputs: CellOutputs;
  /** The request whose outputs it takes; empty while it takes none. */
  msgId: string;
  /** What the kernel knows of its outputs. */
  known: readonly Output[];
}

/** Makes an {@link OutputWidgets} without a widget. What they show is limited like a cell's outputs. */
export function createOutputWidgets(room: OutputRoom): OutputWidgets {
  const widgets = new Map<string, OutputWidget>();
  /** By request, the widget that began last at the end. */
  const captures = new Map<string, readonly OutputWidget[]>();

  function open(commId: string): OutputWidget {
    const outputs = createCellOutputs({ cellId: commId, ...room });
    const widget: OutputWidget = { outputs, msgId: "", known: outputs.snapshot() };
    widgets.set(commId, widget);
    return widget;
  }

  function capture(widget: OutputWidget, msgId: string): void {
    if (widget.msgId === msgId) return;
    const others = (captures.get(widget.msgId) ?? []).filter((it) => it !== widget);
    if (others.length > 0) captures.set(widget.msgId, others);
    else captures.delete(widget.msgId);
    widget.msgId = msgId;
    if (msgId !== "") captures.set(msgId, [...(captures.get(msgId) ?? []), widget]);
  }

  return {
    apply(message) {
      const { comm_id: commId, data } = message.content;
      const known = widgets.get(commId);
      if (message.type === "comm_close") {
        if (known) capture(known, "");
        return;
      }
      const { state } = data;
      if (!isJsonObject(state) || (!known && !isOutputModel(state))) return;
      const widget = known ?? open(commId);
      const { outputs, msg_id: msgId } = state;
      if (Array.isArray(outputs)) replace(widget, outputs.filter(isJsonObject));
      if (typeof msgId === "string") capture(widget, msgId);
    },
    capturing: (msgId) => captures.get(msgId)?.at(-1)?.outputs,
    stateOf(commId) {
      const widget = widgets.get(commId);
      return widget && outputsToJson(widget.outputs.snapshot());
    },
    sync(send) {
      for (const [commId, widget] of widgets) {
        const outputs = widget.outputs.snapshot();
        if (outputs === widget.known) continue;
        widget.known = outputs;
        const state = { outputs: outputsToJson(outputs) };
        send({ type: "comm_msg", commId, data: { method: "update", state, buffer_paths: [] } });
      }
    },
    clear() {
      for (const { outputs } of widgets.values()) outputs.clear();
      widgets.clear();
      captures.clear();
    },
  };
}

/** The kernel sets the outputs itself, as `append_stdout` does. */
function replace(widget: OutputWidget, outputs: readonly JsonObject[]): void {
  widget.outputs.clear();
  for (const output of outputs) widget.outputs.append(outputFromJson(output));
  widget.known = widget.outputs.snapshot();
}

function isOutputModel({ _model_module: module, _model_name: name }: JsonObject): boolean {
  return module === "@jupyter-widgets/output" && name === "OutputModel";
}

function outputsToJson(outputs: readonly Output[]): JsonValue {
  return outputs as unknown as JsonValue;
}
