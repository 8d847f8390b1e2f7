import { encodeJson, isJsonObject, type JsonObject, type JsonValue } from "@notemill/json";
import type { OutgoingComm } from "@notemill/kernel";
import type { MessageOf } from "@notemill/messaging";
import type { CellOutputs } from "./cell-outputs.ts";
import type { OutputRoom } from "./output-limits.ts";
import { createOutputWidgets } from "./output-widgets.ts";

/** The comm messages that carry the state of widgets. */
export type CommMessage = Pick<
  MessageOf<"comm_open"> | MessageOf<"comm_msg"> | MessageOf<"comm_close">,
  "type" | "content" | "buffers"
>;

/** Collects the state of Jupyter widgets, so that a reader can show them without a kernel. */
export interface WidgetStates {
  apply(message: CommMessage): void;
  /** What takes the outputs of the request `msgId` now, in place of its cell. */
  capturing(msgId: string): CellOutputs | undefined;
  /** Tells the kernel what its Output widgets show, where it does not know that yet. */
  sync(send: (comm: OutgoingComm) => void): void;
  /** Whether no widget was made yet, so that there is nothing to tell the kernel. */
  readonly isEmpty: boolean;
  /** The value of `metadata.widgets`, or `undefined` where no widget was made. */
  snapshot(): JsonObject | undefined;
}

/** Options of {@link createWidgetStates}. */
export interface WidgetStatesOptions {
  /** Most that all states may take, in UTF-16 units. Beyond that none is kept: a part would mislead. */
  readonly maxLength: number;
  /** Told once when there is more. */
  readonly onTooLong: () => void;
  /** Where what Output widgets show finds room. */
  readonly room: OutputRoom;
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
export function createWidgetStates({ maxLength, onTooLong, room }: WidgetStatesOptions): WidgetStates {
  const states = new Map<string, WidgetState>();
  const outputWidgets = createOutputWidgets(room);
  let length = 0;

  function apply(message: CommMessage): void {
    if (length > maxLength) return;
    outputWidgets.apply(message);
    if (message.type === "comm_close") return;
    const { comm_id: commId, data } = message.content;
    const { state, buffer_paths: paths } = data;
    if (!isJsonObject(state)) return;
    const known = states.get(commId) ?? emptyState();
    states.set(commId, known);
    for (const [key, value] of Object.entries(state)) {
      // These are counted where those of cells are.
      if (key === "outputs" && outputWidgets.stateOf(commId) !== undefined) continue;
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
    outputWidgets.clear();
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
    const state = Object.fromEntries(
      widgets.map(([id, widget]) => [id, widgetEntry(widget, outputWidgets.stateOf(id))]),
    );
    return {
      "application/vnd.jupyter.widget-state+json": { version_major: 2, version_minor: 0, state },
    };
  }

  return {
    apply,
    capturing: outputWidgets.capturing,
    sync: outputWidgets.sync,
    get isEmpty() {
      return states.size === 0;
    },
    snapshot,
  };
}

function emptyState(): WidgetState {
  return { values: new Map(), buffers: new Map(), lengths: new Map() };
}

function widgetEntry({ values, buffers }: WidgetState, outputs: JsonValue | undefined): JsonObject {
  const saved = [...buffers.values()].map(({ path, data }) => ({ encoding: "base64", path, data }));
  return {
    model_name: values.get("_model_name") ?? null,
    model_module: values.get("_model_module") ?? null,
    model_module_version: values.get("_model_module_version") ?? null,
    state: { ...Object.fromEntries(values), ...(outputs === undefined ? {} : { outputs }) },
    ...(saved.length === 0 ? {} : { buffers: saved }),
  };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
