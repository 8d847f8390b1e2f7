import { isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import type { MessageOf } from "@notemill/messaging";

/** The comm messages that carry the state of widgets. */
export type CommMessage = MessageOf<"comm_open"> | MessageOf<"comm_msg"> | MessageOf<"comm_close">;

/** Collects the state of Jupyter widgets, so that a reader can show them without a kernel. */
export interface WidgetStates {
  apply(message: CommMessage): void;
  /** The value of `metadata.widgets`, or `undefined` where no widget was made. */
  snapshot(): JsonObject | undefined;
}

interface WidgetBuffer {
  readonly path: JsonValue;
  readonly data: string;
}

/**
 * Makes an empty {@link WidgetStates}.
 *
 * Source of the format: `application/vnd.jupyter.widget-state+json`, version 2.0, of ipywidgets.
 */
export function createWidgetStates(): WidgetStates {
  const states = new Map<string, { state: JsonObject; buffers: Map<string, WidgetBuffer> }>();

  function apply(message: CommMessage): void {
    if (message.type === "comm_close") return;
    const { comm_id: commId, data } = message.content;
    const state = data["state"];
    if (!isJsonObject(state)) return;
    const known = states.get(commId) ?? { state: {}, buffers: new Map<string, WidgetBuffer>() };
    for (const buffer of buffersOf(message)) known.buffers.set(JSON.stringify(buffer.path), buffer);
    states.set(commId, { state: { ...known.state, ...state }, buffers: known.buffers });
  }

  function snapshot(): JsonObject | undefined {
    const entries = [...states].filter(([, { state }]) => typeof state["_model_name"] === "string");
    if (entries.length === 0) return undefined;
    const state = Object.fromEntries(entries.map(([id, widget]) => [id, widgetEntry(widget)]));
    return {
      "application/vnd.jupyter.widget-state+json": { version_major: 2, version_minor: 0, state },
    };
  }

  return { apply, snapshot };
}

function widgetEntry({
  state,
  buffers,
}: {
  state: JsonObject;
  buffers: Map<string, WidgetBuffer>;
}): JsonObject {
  return {
    model_name: state["_model_name"] ?? null,
    model_module: state["_model_module"] ?? null,
    model_module_version: state["_model_module_version"] ?? null,
    state,
    ...(buffers.size === 0
      ? {}
      : { buffers: [...buffers.values()].map(({ path, data }) => ({ encoding: "base64", path, data })) }),
  };
}

function buffersOf(message: CommMessage): WidgetBuffer[] {
  const paths = message.content.data["buffer_paths"];
  if (!Array.isArray(paths)) return [];
  return paths.flatMap((path: JsonValue, index) => {
    const bytes = message.buffers[index];
    return bytes ? [{ path, data: base64(bytes) }] : [];
  });
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
