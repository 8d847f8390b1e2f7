import { encodeJson, isJsonObject, type JsonValue, parseJson, RawJson } from "@notemill/json";
import type { ImportedSweep, StoredChild, StoredSweep } from "@notemill/store";

/** Name of the file in the record of a sweep's parent that says which runs belong to it. */
export const SWEEP_NAME = "sweep.json";

/** The text of {@link SWEEP_NAME}. */
export function sweepText(sweep: StoredSweep, children: readonly StoredChild[]): string {
  const value = {
    format: "notemill.sweep/1",
    concurrency: sweep.concurrency,
    on_failure: sweep.stopOnFailure ? "stop" : "continue",
    settings: new RawJson(sweep.childSettings),
    runs: children.map(({ runId, isKept, parameters, metrics, seconds }) => ({
      run_id: runId,
      is_kept: isKept,
      parameters: new RawJson(parameters),
      metrics: metrics === null ? null : new RawJson(metrics),
      seconds,
    })),
  };
  return `${encodeJson(value, { indent: 2 })}\n`;
}

/** Reads the text of {@link SWEEP_NAME}. @throws What cannot be read. */
export function readSweepText(text: string): Omit<ImportedSweep, "runId" | "finishedAt"> {
  const value = parseJson(text);
  if (!isJsonObject(value) || value["format"] !== "notemill.sweep/1" || !Array.isArray(value["runs"]))
    throw new Error(`its "${SWEEP_NAME}" is not one that this version reads`);
  return {
    concurrency: Number(value["concurrency"]),
    stopOnFailure: value["on_failure"] === "stop",
    childSettings: encodeJson(value["settings"] ?? {}),
    children: value["runs"].filter(isJsonObject).map((child) => ({
      runId: textOrNull(child["run_id"]),
      isKept: child["is_kept"] === true,
      parameters: encodeJson(child["parameters"] ?? {}),
      metrics: child["metrics"] == null ? null : encodeJson(child["metrics"]),
      seconds: child["seconds"] == null ? null : Number(child["seconds"]),
    })),
  };
}

function textOrNull(value: JsonValue | undefined): string | null {
  return typeof value === "string" ? value : null;
}
