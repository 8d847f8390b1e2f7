import type { DisplayDataOutput, ErrorOutput, ExecuteResultOutput, StreamOutput } from "@notemill/nbformat";

/** One output while its cell may still change it. */
export interface OutputSlot {
  output: StreamOutput | DisplayDataOutput | ExecuteResultOutput | ErrorOutput;
  /** Text length of the output in UTF-16 units, about what it takes in the file. */
  length: number;
}

/** Estimates what an output adds to a file, in UTF-16 units. */
export function outputLength(output: OutputSlot["output"]): number {
  if (output.output_type === "stream") return output.text.length;
  if (output.output_type === "error") {
    return output.traceback.reduce((sum, line) => sum + line.length, output.evalue.length);
  }
  return Object.values(output.data).reduce(
    (sum, data) => sum + (typeof data === "string" ? data.length : data.text.length),
    0,
  );
}
