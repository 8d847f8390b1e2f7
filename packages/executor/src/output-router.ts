import type { KernelMessage } from "@notemill/messaging";
import type { Output } from "@notemill/nbformat";
import { mimeBundleFromJson } from "@notemill/nbformat";
import { isScrapMimeType } from "@notemill/scraps";
import type { CellOutputs } from "./cell-outputs.ts";
import type { CellRecord } from "./cell-record.ts";
import { createDisplayRegistry } from "./display-registry.ts";
import { outputOf } from "./output-of-message.ts";
import { messageTime } from "./python-time.ts";
import type { WidgetStates } from "./widget-states.ts";

/** Puts what a kernel says on its iopub channel into the cell it belongs to, or the widget that captures it. */
export interface OutputRouter {
  /** Applies one message that `record`'s execution caused. */
  apply(record: CellRecord, message: KernelMessage): void;
}

/**
 * Makes a router for one run.
 *
 * Display ids reach across cells: an update changes every output of that id, and
 * a display that uses a known id again changes the earlier ones too.
 *
 * @param onOutput - Told of every output of a cell as it comes, before merging and limits.
 */
export function createOutputRouter(
  widgets: WidgetStates,
  onOutput: (record: CellRecord, output: Output) => void,
): OutputRouter {
  const displays = createDisplayRegistry();
  const clearOnNext = new Set<CellOutputs>();

  function clear(outputs: CellOutputs): void {
    clearOnNext.delete(outputs);
    outputs.clear();
  }

  function show(record: CellRecord, message: KernelMessage, output: Output, displayId?: string): void {
    const widget = isScrap(output) ? undefined : capturing(message);
    const outputs = widget ?? record.outputs;
    if (clearOnNext.has(outputs)) clear(outputs);
    if (displayId !== undefined && "data" in output) displays.update(displayId, output.data, output.metadata);
    const slot = outputs.append(output);
    if (displayId !== undefined) displays.add(displayId, outputs, slot);
    if (!widget) onOutput(record, output);
  }

  function capturing({ parent_header: parent }: KernelMessage): CellOutputs | undefined {
    return widgets.capturing(parent?.msg_id ?? "");
  }

  function apply(record: CellRecord, message: KernelMessage): void {
    switch (message.type) {
      case "stream":
      case "error":
        return show(record, message, outputOf(message));
      case "display_data":
      case "execute_result":
        return show(record, message, outputOf(message), message.content.transient.display_id);
      case "update_display_data": {
        const { data, metadata, transient } = message.content;
        if (transient.display_id !== undefined) {
          displays.update(transient.display_id, mimeBundleFromJson(data), metadata);
        }
        return;
      }
      case "clear_output": {
        const outputs = capturing(message) ?? record.outputs;
        if (message.content.wait) clearOnNext.add(outputs);
        else clear(outputs);
        return;
      }
      case "execute_input":
        record.setExecutionCount(message.content.execution_count);
        record.mark("iopub.execute_input", messageTime(message.header.date));
        return;
      case "status": {
        const { execution_state: state } = message.content;
        if (state === "busy" || state === "idle") {
          record.mark(`iopub.status.${state}`, messageTime(message.header.date));
        }
        return;
      }
      case "comm_open":
      case "comm_msg":
      case "comm_close":
        return widgets.apply(message);
      default:
        return;
    }
  }

  return { apply };
}

/** What a notebook records is for those who read it back, and decides how the run ended: no widget takes it. */
function isScrap(output: Output): boolean {
  return "data" in output && Object.keys(output.data).some(isScrapMimeType);
}
