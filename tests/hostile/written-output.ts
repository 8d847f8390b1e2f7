import { hostname } from "node:os";
import type { Plain } from "../../packages/nbformat/test/arbitrary-mutation.ts";

/** A process id that no process has. */
const NO_PROCESS = 4_194_304;

const cellRun = (status: string): Plain => ({
  duration: 0.5,
  start_time: "2026-01-01T00:00:00.000000",
  end_time: "2026-01-01T00:00:00.500000",
  exception: status === "failed",
  status,
});

/** An output notebook as a run has written it, with every field that any command looks at. */
export function writtenOutput(status: "failed" | "running"): Plain {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "python3", display_name: "Python 3", language: "python" },
      language_info: { name: "python", file_extension: ".py" },
      widgets: { "application/vnd.jupyter.widget-state+json": { state: { a: { model_name: "A" } } } },
      papermill: {
        parameters: { alpha: 0.6 },
        environment_variables: {},
        duration: 1.5,
        exception: true,
        input_path: "in.ipynb",
        output_path: "out.ipynb",
        version: "2.7.0",
      },
      notemill: {
        run_id: "r",
        status,
        source_sha256: "0",
        failure: { code: "CELL_FAILED", message: "ValueError: no", cell_id: "a" },
        kernel: { host_dir: "/nowhere", connection_file: "/nowhere/k", keep_seconds: 60, until: "2026" },
        process: {
          host: hostname(),
          pid: NO_PROCESS,
          started: "2026-01-01T00:00:00Z",
          journal: "j",
          entries: 1,
        },
      },
    },
    cells: [
      {
        id: "text",
        cell_type: "markdown",
        metadata: { papermill: cellRun("completed") },
        source: "# Title\n<b>x</b> ![p](attachment:p.png)",
        attachments: { "p.png": { "image/png": "iVBORw0KGgo=" } },
      },
      {
        id: "defaults",
        cell_type: "code",
        metadata: {
          tags: ["parameters"],
          jupyter: { source_hidden: false },
          papermill: cellRun("completed"),
        },
        source: ["alpha = 1.5  # type: float a number\n", "name: str = 'x'"],
        execution_count: 1,
        outputs: [],
      },
      {
        id: "a",
        cell_type: "code",
        metadata: { tags: ["injected-parameters"], papermill: cellRun(status) },
        source: "alpha = 0.6",
        execution_count: 2,
        outputs: [
          { output_type: "stream", name: "stdout", text: ["a\n"] },
          {
            output_type: "display_data",
            metadata: { scrapbook: { name: "s", data: true, display: false } },
            data: {
              "application/scrapbook.scrap.json+json": { name: "s", data: 1.5, encoder: "json", version: 1 },
              "application/papermill.record+json": { old: 2 },
            },
          },
          {
            output_type: "execute_result",
            execution_count: 2,
            metadata: { "image/png": { width: 10 } },
            data: {
              "image/png": "iVBORw0KGgo=",
              "text/html": ["<table><tr><td>1</td></tr></table>"],
              "text/plain": "x",
            },
          },
          { output_type: "error", ename: "ValueError", evalue: "no", traceback: ["\u001b[31mno\u001b[0m"] },
        ],
      },
    ],
  };
}
