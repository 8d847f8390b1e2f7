import type { KernelMessage, MessageOf } from "@notemill/messaging";
import type { DisplayDataOutput, ExecuteResultOutput, Output } from "@notemill/nbformat";
import { mimeBundleFromJson } from "@notemill/nbformat";

type RichOutput = DisplayDataOutput | ExecuteResultOutput;

/** A message that carries an output. */
export type OutputMessage =
  | MessageOf<"stream">
  | MessageOf<"error">
  | MessageOf<"display_data">
  | MessageOf<"execute_result">;

/** Whether a message carries an output. */
export function isOutputMessage(message: KernelMessage): message is OutputMessage {
  return ["stream", "error", "display_data", "execute_result"].includes(message.type);
}

/** The output that a message carries, as notebooks have it. */
export function outputOf(message: OutputMessage): Output {
  switch (message.type) {
    case "stream": {
      const { name, text } = message.content;
      return { output_type: "stream", name, text };
    }
    case "error": {
      const { ename, evalue, traceback } = message.content;
      return { output_type: "error", ename, evalue, traceback };
    }
    case "display_data":
    case "execute_result":
      return richOutput(message);
  }
}

function richOutput({ type, content }: MessageOf<"display_data"> | MessageOf<"execute_result">): RichOutput {
  const data = mimeBundleFromJson(content.data);
  const { metadata } = content;
  return type === "display_data"
    ? { output_type: type, data, metadata }
    : { output_type: type, execution_count: content.execution_count, data, metadata };
}
