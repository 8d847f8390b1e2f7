import type { RunEvent } from "@notemill/executor";

/** What the log of an attempt says about an event; may be nothing. Output that is printed is in it as it came. */
export function logLines(event: RunEvent, at: string): string {
  switch (event.type) {
    case "run-started":
      return `${at} started with kernel ${event.kernel_name}, ${event.cell_count} cells\n`;
    case "kernel-ready":
      return `${at} the kernel is ready (process ${event.pid})\n`;
    case "cell-started":
      return `${at} cell ${event.cell_index} (${event.cell_id}) begins\n`;
    case "cell-output":
      return outputLines(event.output);
    case "cell-finished":
      return `${at} cell ${event.cell_index} (${event.cell_id}) ${event.status} after ${event.duration} s\n`;
    case "run-warned":
      return `${at} warning ${event.code}: ${event.message}\n`;
    case "run-finished": {
      const why = event.failure === undefined ? "" : `: ${event.failure.message}`;
      return `${at} ${event.status} after ${event.duration} s${why}\n`;
    }
  }
}

function outputLines(output: Extract<RunEvent, { type: "cell-output" }>["output"]): string {
  if (output.output_type === "stream") return output.text;
  return output.output_type === "error" ? `${output.traceback.join("\n")}\n` : "";
}
