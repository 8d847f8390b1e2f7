import type { RunEvent } from "@notemill/executor";

/** What the log of an attempt says about an event; may be nothing. Output that is printed is in it as it came. */
export function logLines(event: RunEvent, at: string): string {
  switch (event.type) {
    case "run-started":
      return `${at} started with kernel ${event.kernel_name}, ${event.cell_count} cells\n`;
    case "kernel-ready":
      return `${at} the kernel is ready (process ${event.pid})\n`;
    case "cell-started":
      return `${at} ${cellName(event)} begins\n`;
    case "cell-output":
      return outputLines(event.output);
    case "cell-finished":
      return `${at} ${cellName(event)} ${event.status} after ${seconds(event.duration)}\n`;
    case "run-warned":
      return `${at} warning ${event.code}: ${event.message}\n`;
    case "run-finished": {
      const why = event.failure === undefined ? "" : `: ${event.failure.message}`;
      return `${at} ${event.status} after ${seconds(event.duration)}${why}\n`;
    }
  }
}

/** Cells count from 1 for people. */
function cellName({ cell_index: index, cell_id: id }: { cell_index: number; cell_id: string }): string {
  return `cell ${index + 1} (${id})`;
}

/** A duration as people read it. */
function seconds(duration: number): string {
  return `${Number(duration.toFixed(duration < 1 ? 3 : 1))} s`;
}

function outputLines(output: Extract<RunEvent, { type: "cell-output" }>["output"]): string {
  if (output.output_type === "stream") return output.text;
  return output.output_type === "error" ? `${output.traceback.join("\n")}\n` : "";
}
