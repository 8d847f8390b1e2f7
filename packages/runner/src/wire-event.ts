import { RawJson, encodeJson, type JsonObject, type JsonValue } from "@notemill/json";
import type { RunEvent } from "@notemill/executor";

/** An event of an attempt as the server and the record get it. */
export interface WireEvent {
  readonly kind: string;
  /** ISO 8601. */
  readonly at: string;
  readonly data: RawJson;
}

/** What the executor calls the run is an attempt here. */
const KINDS: Readonly<Record<string, string>> = {
  "run-started": "attempt-started",
  "run-warned": "attempt-warned",
  "run-finished": "attempt-finished",
};

/** Most characters of one output in an event; the output notebook has it whole. */
const MAX_OUTPUT = 100_000;

/** Turns an event of the executor into one of the attempt. */
export function wireEvent(event: RunEvent, at: Date): WireEvent {
  const { type, ...data } = event;
  const text = encodeJson(data as unknown as JsonValue);
  const isLong = event.type === "cell-output" && text.length > MAX_OUTPUT;
  return {
    kind: KINDS[type] ?? type,
    at: at.toISOString(),
    data: new RawJson(isLong ? encodeJson(withoutOutput(event, text.length)) : text),
  };
}

function withoutOutput(event: Extract<RunEvent, { type: "cell-output" }>, length: number): JsonObject {
  const { cell_id, cell_index, output } = event;
  return { cell_id, cell_index, output: { output_type: output.output_type }, omitted_length: length };
}
