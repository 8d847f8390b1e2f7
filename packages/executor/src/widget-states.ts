import { encodeJson, isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import type { MessageOf } from "@notemill/messaging";

/** The comm messages that carry the state of widgets. */
export type CommMessage = MessageOf<"comm_open"> | MessageOf<"comm_msg"> | MessageOf<"comm_close">;

/** Collects the state of Jupyter widgets, so that a reader can show them without a kernel. */
export interface WidgetStates {
  apply(message: CommMessage): void;
  /** The value of `metadata.widgets`, or `undefined` where no widget was made. */
  snapshot(): JsonObject | undefined;
}

/** Options of {@link createWidgetStates}. */
export interface WidgetStatesOptions {
  /** Most that all states may take, in UTF-16 units. Beyond that none is kept: a part would mislead. */
  readonly maxLength: number;
  /** Told once when there is more. */
  readonly onTooLong: () => void;
}

interface WidgetState {
  readonly values: Map<string, JsonValue>;
  readonly buffers: Map<string, { readonly path: JsonValue; readonly data: string }>;
  /** Lengths by the keys of the two above. */
  readonly lengths: Map<string, number>;
}

/**
 * Makes an empty {@link WidgetStates}.
 *
 * Source of the format: `application/vnd.jupyter.widget-state+json`, version 2.0, of ipywidgets.
 */
export function createWidgetStates({ maxLength, onTooLong }: WidgetStatesOptions): WidgetStates {
  const states = new Map<string, WidgetState>();
  let length = 0;

  function apply(message: CommMessage): void {
    if (message.type === "comm_close" || length > maxLength) return;
    const { comm_id: commId, data } = message.content;
    const { state, buffer_paths: paths } = data;
    if (!isJsonObject(state)) return;
    const known = states.get(commId) ?? emptyState();
    states.set(commId, known);
    for (const [key, value] of Object.entries(state)) {
      known.values.set(key, value);
      measure(known, key, encodeJson(value).length);
    }
    for (const [at, path] of listOf(paths).entries()) {
      const bytes = message.buffers[at];
      if (!bytes) continue;
      const key = encodeJson(path);
      const buffer = { path, data: base64(bytes) };
      known.buffers.set(key, buffer);
      measure(known, `buffer ${key}`, buffer.data.length);
    }
    if (length <= maxLength) return;
    states.clear();
    onTooLong();
  }

  function measure({ lengths }: WidgetState, key: string, valueLength: number): void {
    const now = key.length + valueLength;
    length += now - (lengths.get(key) ?? 0);
    lengths.set(key, now);
  }

  function snapshot(): JsonObject | undefined {
    const widgets = [...states].filter(([, { values }]) => typeof values.get("_model_name") === "string");
    if (widgets.length === 0) return undefined;
    const state = Object.fromEntries(widgets.map(([id, widget]) => [id, widgetEntry(widget)]));
    return {
      "application/vnd.jupyter.widget-state+json": { version_major: 2, version_minor: 0, state },
    };
  }

  return { apply, snapshot };
}

function emptyState(): WidgetState {
  return { values: new Map(), buffers: new Map(), lengths: new Map() };
}

function widgetEntry({ values, buffers }: WidgetState): JsonObject {
  const saved = [...buffers.values()].map(({ path, data }) => ({ encoding: "base64", path, data }));
  return {
    model_name: values.get("_model_name") ?? null,
    model_module: values.get("_model_module") ?? null,
    model_module_version: values.get("_model_module_version") ?? null,
    state: Object.fromEntries(values),
    ...(saved.length === 0 ? {} : { buffers: saved }),
  };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
