import { JsonNumber, type JsonObject, type JsonValue } from "@notemill/json";

/** The log of an attempt that goes on, as far as it is kept here. */
export interface LiveLog {
  readonly text: string;
  /** Whether the beginning has been let go. */
  readonly isCut: boolean;
}

/** Before the first line. */
export const NO_LOG: LiveLog = { text: "", isCut: false };

/** Characters that are kept at least, and those from which on the beginning goes: what is cut seldom is cheap. */
const KEPT = 300_000;
const MOST = 600_000;

/** Adds lines to a log. */
export function addToLog({ text, isCut }: LiveLog, more: string): LiveLog {
  const whole = text + more;
  if (whole.length <= MOST) return { text: whole, isCut };
  return { text: whole.slice(whole.indexOf("\n", whole.length - KEPT) + 1), isCut: true };
}

/** What the log says of an event, as the record has it when the attempt is over; may be nothing. */
export function logText(
  { kind, at }: { readonly kind: string; readonly at: string },
  data: JsonObject,
): string {
  const say = (name: string): string => wordOf(data[name]);
  switch (kind) {
    case "attempt-started":
      return `${at} started with kernel ${say("kernel_name")}, ${say("cell_count")} cells\n`;
    case "kernel-ready":
      return `${at} the kernel is ready (process ${say("pid")})\n`;
    case "cell-started":
      return `${at} ${cellName(data)} begins\n`;
    case "cell-output":
      return outputText(data);
    case "cell-finished":
      return `${at} ${cellName(data)} ${say("status")} after ${secondsOf(data)}\n`;
    case "attempt-warned":
      return `${at} warning ${say("code")}: ${say("message")}\n`;
    case "attempt-finished": {
      const { failure } = data;
      const why = isObject(failure) ? `: ${wordOf(failure["message"])}` : "";
      return `${at} ${say("status")} after ${secondsOf(data)}${why}\n`;
    }
    default:
      return "";
  }
}

/** Cells count from 1 for people. */
function cellName({ cell_index: index, cell_id: id }: JsonObject): string {
  return `cell ${Number(wordOf(index)) + 1} (${wordOf(id)})`;
}

/** A duration as people read it. */
function secondsOf({ duration }: JsonObject): string {
  const seconds = Number(wordOf(duration));
  return `${Number(seconds.toFixed(seconds < 1 ? 3 : 1))} s`;
}

function outputText({ output, omitted_length: omitted }: JsonObject): string {
  if (!isObject(output)) return "";
  const note =
    omitted === undefined ? "" : `[${wordOf(omitted)} characters, which are here when the run is over]\n`;
  if (output["output_type"] === "stream") return note + wordOf(output["text"]);
  const { traceback } = output;
  return Array.isArray(traceback) ? `${traceback.map(wordOf).join("\n")}\n` : note;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof JsonNumber)
  );
}

function wordOf(value: JsonValue | undefined): string {
  if (value instanceof JsonNumber) return String(value.toNumber());
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
