import type { DisplayDataOutput, ErrorOutput, ExecuteResultOutput, StreamOutput } from "@notemill/nbformat";

/** One output while its cell may still change it. */
export interface OutputSlot {
  output: StreamOutput | DisplayDataOutput | ExecuteResultOutput | ErrorOutput;
  /** About what the output takes in the file. */
  length: number;
  /** Where the cell keeps it; `gone` once it was cleared or spilled. */
  place: "head" | "tail" | "gone";
}
