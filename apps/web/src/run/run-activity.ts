import type { RunEvent } from "@notemill/api";
import { isJsonObject, JsonNumber, type JsonObject, type JsonValue, parseJson } from "@notemill/json";
import { isJsonMimeType, type Output, outputFromJson } from "@notemill/nbformat";
import type { CellProgress } from "@notemill/viewer";
import { addToLog, type LiveLog, logText, NO_LOG } from "./log-text.ts";

/** What the events of a run tell about its newest attempt. A plain value. */
export interface RunActivity {
  /** Number of the newest attempt; 0 before there is an event. */
  readonly attempt: number;
  /** The last event that is in it. */
  readonly seq: number;
  /** By cell id: cells that have begun. */
  readonly cells: ReadonlyMap<string, CellProgress>;
  /** Cells of the notebook; 0 while that is not known. */
  readonly cellCount: number;
  /** When the cells that run now began, by cell id, ISO 8601. */
  readonly begun: ReadonlyMap<string, string>;
  readonly log: LiveLog;
}

/** Before the first event. */
export const NO_ACTIVITY: RunActivity = {
  attempt: 0,
  seq: 0,
  cells: new Map(),
  cellCount: 0,
  begun: new Map(),
  log: NO_LOG,
};

/**
 * Adds events, in their order. What is in already changes nothing, and so does what is
 * not known; a new attempt begins anew.
 */
export function addEvents(activity: RunActivity, events: readonly RunEvent[]): RunActivity {
  let next = activity;
  for (const event of events) {
    if (event.seq <= next.seq) continue;
    const base = event.attempt > next.attempt ? { ...NO_ACTIVITY, attempt: event.attempt } : next;
    next = { ...addEvent(base, event), seq: event.seq };
  }
  return next;
}

function addEvent(before: RunActivity, event: RunEvent): RunActivity {
  const data = parseJson(event.data.text, { keepRaw: isJsonOfBundle });
  if (!isJsonObject(data)) return before;
  const line = logText(event, data);
  const activity = line === "" ? before : { ...before, log: addToLog(before.log, line) };
  return withEvent(activity, event.kind, data);
}

function withEvent(activity: RunActivity, kind: string, data: JsonObject): RunActivity {
  const id = textOf(data["cell_id"]);
  switch (kind) {
    case "attempt-started":
      return { ...activity, cellCount: numberOf(data["cell_count"]) ?? 0 };
    case "cell-started":
      return {
        ...withCell(activity, id, { status: "running", outputs: [], executionCount: null, duration: null }),
        begun: new Map(activity.begun).set(id, textOf(data["time"])),
      };
    case "cell-output": {
      const { output } = data;
      const before = activity.cells.get(id);
      if (before === undefined || !isJsonObject(output)) return activity;
      return withCell(activity, id, {
        ...before,
        outputs: appended(before.outputs, readOutput(output, data)),
      });
    }
    case "cell-finished": {
      const before = activity.cells.get(id);
      if (before === undefined) return activity;
      const begun = new Map(activity.begun);
      begun.delete(id);
      const isFailed = data["status"] === "failed";
      return {
        ...withCell(activity, id, {
          ...before,
          status: isFailed ? "failed" : "completed",
          executionCount: numberOf(data["execution_count"]),
          duration: numberOf(data["duration"]),
        }),
        begun,
      };
    }
    default:
      return activity;
  }
}

/** The JSON types of a MIME bundle are shown as they were written. */
function isJsonOfBundle(path: readonly (string | number)[]): boolean {
  const [first, second, type] = path;
  return path.length === 3 && first === "output" && second === "data" && isJsonMimeType(String(type));
}

function withCell(activity: RunActivity, id: string, progress: CellProgress): RunActivity {
  return { ...activity, cells: new Map(activity.cells).set(id, progress) };
}

/** An output as the event has it. Of one that was too long for an event it has the end or nothing; the notebook has it later. */
function readOutput(output: JsonObject, { omitted_length: omitted }: JsonObject): Output {
  const length = numberOf(omitted);
  if (length === null) return outputFromJson(output);
  const note = `[${length} characters, which are here when the run is over]\n`;
  const name = output["name"] === "stderr" ? "stderr" : "stdout";
  return { output_type: "stream", name, text: note + textOf(output["text"]) };
}

/** Pieces of one stream become one output. */
function appended(outputs: readonly Output[], output: Output): readonly Output[] {
  const last = outputs.at(-1);
  if (output.output_type !== "stream" || last?.output_type !== "stream" || last.name !== output.name)
    return [...outputs, output];
  return [...outputs.slice(0, -1), { ...last, text: last.text + output.text }];
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: JsonValue | undefined): number | null {
  const number = value instanceof JsonNumber ? value.toNumber() : value;
  return typeof number === "number" ? number : null;
}
