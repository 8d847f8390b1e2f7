import type { RunEvent } from "@notemill/executor";
import type { Log } from "./log-level.ts";

/** Writes cells and their output to the log, in the words of papermill's `--log-output`. */
export function logOutput(event: RunEvent, log: Log): void {
  switch (event.type) {
    case "cell-started":
      log("INFO", `Executing Cell ${String(event.cell_index + 1).padEnd(40, "-")}`);
      return;
    case "cell-finished":
      log("INFO", `Ending Cell ${String(event.cell_index + 1).padEnd(43, "-")}`);
      return;
    case "cell-output": {
      const { output } = event;
      if (output.output_type === "stream") log(output.name === "stderr" ? "WARNING" : "INFO", output.text);
      else if (output.output_type !== "error") {
        const text = output.data["text/plain"];
        if (typeof text === "string") log("INFO", text);
      }
      return;
    }
    default:
      return;
  }
}
