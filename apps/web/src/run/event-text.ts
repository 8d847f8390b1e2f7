import type { RunEvent } from "@notemill/api";
import { formatDuration } from "@notemill/html-export";
import { isJsonObject, JsonNumber, type JsonObject, parseJson } from "@notemill/json";

/** Something that happened in a run, for people. */
export interface TimelineEntry {
  readonly seq: number;
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
  /** The cell that it is about, where there is one. */
  readonly cellId: string | null;
  readonly tone: "plain" | "bad";
}

/** Makes the line of a timeline; null for what is output, and for what is not known. */
export function timelineEntry({ seq, at, kind, attempt, data: raw }: RunEvent): TimelineEntry | null {
  if (kind === "cell-output") return null;
  const data = parseJson(raw.text);
  if (!isJsonObject(data)) return null;
  const text = textOf(kind, data, attempt);
  if (text === null) return null;
  const cellId = typeof data["cell_id"] === "string" ? data["cell_id"] : null;
  const isBad = ["failed", "timed_out", "lost"].includes(String(data["status"])) || kind === "attempt-warned";
  return { seq, at, text, cellId, tone: isBad ? "bad" : "plain" };
}

function textOf(kind: string, data: JsonObject, attempt: number): string | null {
  const cell = `Cell ${(numberOf(data["cell_index"]) ?? 0) + 1}`;
  switch (kind) {
    case "run-status-changed":
      return `The run is ${String(data["status"]).replace("_", " ")}`;
    case "attempt-started":
      return `Attempt ${attempt} has begun, in the kernel ${String(data["kernel_name"])}`;
    case "kernel-ready":
      return data["resumed"] === true ? "The kernel goes on" : "The kernel is ready";
    case "cell-started":
      return data["cell_type"] === "code" ? `${cell} has begun` : null;
    case "cell-finished":
      return `${cell} ${data["status"] === "failed" ? "has failed" : "is done"}${took(data)}`;
    case "attempt-warned":
      return String(data["message"]);
    case "attempt-finished":
      return `Attempt ${attempt} is over${took(data)}`;
    default:
      return null;
  }
}

function took({ duration }: JsonObject): string {
  const seconds = numberOf(duration);
  return seconds === null ? "" : `, after ${formatDuration(seconds)}`;
}

function numberOf(value: JsonObject[string] | undefined): number | null {
  const number = value instanceof JsonNumber ? value.toNumber() : value;
  return typeof number === "number" ? number : null;
}
