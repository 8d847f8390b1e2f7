import type { ExecutionResult } from "@notemill/api";
import { isJsonObject, parseJson } from "@notemill/json";
import { isJsonMimeType, type Output, outputFromJson } from "@notemill/nbformat";

/** Code that was executed in a kept kernel, and what has come of it so far. A plain value. */
export interface ConsoleEntry {
  readonly id: number;
  readonly code: string;
  readonly outputs: readonly Output[];
  /** Null while it goes on. */
  readonly result: Pick<ExecutionResult, "status" | "message" | "execution_count"> | null;
}

/** Adds outputs as they come, each as JSON; pieces of one stream become one output. */
export function addOutputs(entry: ConsoleEntry, texts: readonly string[]): ConsoleEntry {
  const outputs = [...entry.outputs];
  for (const output of texts.flatMap(readOutput)) {
    const last = outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name)
      outputs[outputs.length - 1] = { ...last, text: last.text + output.text };
    else outputs.push(output);
  }
  return { ...entry, outputs };
}

function readOutput(text: string): readonly Output[] {
  const value = parseJson(text, {
    keepRaw: (path) => path.length === 2 && path[0] === "data" && isJsonMimeType(String(path[1])),
  });
  return isJsonObject(value) ? [outputFromJson(value)] : [];
}
