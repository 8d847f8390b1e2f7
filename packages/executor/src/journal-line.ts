import {
  encodeJson,
  isJsonObject,
  JsonError,
  type JsonObject,
  type JsonValue,
  parseJson,
} from "@notemill/json";
import { isJsonMimeType, type Output, outputFromJson } from "@notemill/nbformat";
import type { CellChange, OutputsChange } from "./cell-change.ts";

/** One line of a journal: what changed in one cell, and its place in the order of all changes. */
export interface JournalLine {
  /** Names the writer, so that what an earlier one left is not taken for its own. */
  readonly journal: string;
  /** Counted from 1. */
  readonly entry: number;
  readonly change: CellChange;
}

/** Writes a line, without its end. */
export function journalLine(line: JournalLine): string {
  return encodeJson(line as unknown as JsonValue);
}

/** Reads a line back; `undefined` for what is none, such as one that a crash cut short. */
export function parseJournalLine(line: string): JournalLine | undefined {
  const json = parseLine(line);
  if (!isJsonObject(json) || !isJsonObject(json["change"])) return undefined;
  const { journal, entry, change } = json;
  if (typeof journal !== "string" || typeof entry !== "number" || typeof change["id"] !== "string") {
    return undefined;
  }
  const { metadata, execution_count: count } = change;
  const outputs = outputsFromJson(change["outputs"]);
  return {
    journal,
    entry,
    change: {
      id: change["id"],
      ...(isJsonObject(metadata) ? { metadata } : {}),
      ...(typeof count === "number" || count === null ? { execution_count: count } : {}),
      ...(outputs === undefined ? {} : { outputs }),
    },
  };
}

/** A line may be larger and deeper than a file that comes from outside: what is in it was in memory. */
const LIMITS = { maxDepth: 1000, maxValues: 1e9 };

function parseLine(line: string): JsonValue {
  try {
    return parseJson(line, { ...LIMITS, keepRaw: isJsonData });
  } catch (error) {
    if (error instanceof JsonError) return null;
    throw error;
  }
}

/** `change.outputs.set[N].output.data.MIME`, where that is JSON. */
function isJsonData(path: readonly (string | number)[]): boolean {
  return path.length === 7 && path[5] === "data" && isJsonMimeType(String(path[6]));
}

function outputsFromJson(json: JsonValue | undefined): OutputsChange | undefined {
  if (!isJsonObject(json) || typeof json["length"] !== "number") return undefined;
  const set: { at: number; output: Output }[] = [];
  for (const { at, output } of objects(json["set"])) {
    if (typeof at === "number" && isJsonObject(output)) set.push({ at, output: outputFromJson(output) });
  }
  const appended: { at: number; text: string }[] = [];
  for (const { at, text } of objects(json["appended"])) {
    if (typeof at === "number" && typeof text === "string") appended.push({ at, text });
  }
  return { length: json["length"], set, appended };
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((it: JsonValue) => isJsonObject(it)) : [];
}
