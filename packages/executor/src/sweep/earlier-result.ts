import { encodeJson, isJsonObject, type JsonValue, storableValue } from "@notemill/json";
import { type Notebook, readNotebookBytes } from "@notemill/nbformat";
import { type ParameterMap, parametersToJson } from "@notemill/parameters";
import type { Location } from "@notemill/storage";
import { isCodedError } from "@notemill/errors";
import type { RunOutcome } from "../run-options.ts";

/**
 * Looks whether a location holds the result of the same source with the same
 * parameters, from a run that succeeded. The notebook itself is the witness.
 */
export async function findEarlierResult(
  location: Location,
  sourceSha256: string,
  parameters: ParameterMap,
): Promise<Pick<RunOutcome, "status" | "notebook" | "duration"> | undefined> {
  const notebook = await readIfThere(location);
  const run = notebook?.metadata["notemill"];
  const papermill = notebook?.metadata["papermill"];
  if (!notebook || !isJsonObject(run) || !isJsonObject(papermill)) return undefined;
  if (run["status"] !== "succeeded" || run["source_sha256"] !== sourceSha256) return undefined;
  if (text(papermill["parameters"] ?? {}) !== text(storableValue(parametersToJson(parameters))))
    return undefined;
  return { status: "succeeded", notebook, duration: Number(text(papermill["duration"] ?? 0)) };
}

async function readIfThere(location: Location): Promise<Notebook | undefined> {
  try {
    let unnamed = 0;
    return readNotebookBytes(await location.read(), { newId: () => `unnamed-${++unnamed}` }).notebook;
  } catch (error) {
    // What is not there, or is no notebook, is no earlier result.
    if (isCodedError(error)) return undefined;
    throw error;
  }
}

function text(value: JsonValue): string {
  return encodeJson(value, { sortKeys: true });
}
