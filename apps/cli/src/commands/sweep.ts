import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { runSweep, type SweepChild } from "@notemill/executor";
import { createKernelPool } from "@notemill/kernel";
import type { Notebook } from "@notemill/nbformat";
import { parametersToJson } from "@notemill/parameters";
import { type MetricsRow, metricsRow, metricsTable } from "@notemill/scraps";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { TABLE_OPTIONS, writeTable } from "../metrics-table/write-table.ts";
import { signalExitCode } from "../exit-code.ts";
import { reportSweep } from "../progress/report-sweep.ts";
import { executionOptions } from "./execution-options.ts";
import { GRID_OPTIONS, readParameterSets } from "./read-parameter-sets.ts";
import { EXECUTION_OPTIONS, PARAMETER_OPTIONS } from "./run-options.ts";

/** `notemill sweep`: one notebook, many parameter sets, one table. */
export const sweepCommand: Command = {
  name: "sweep",
  summary: "Run a notebook once for each of many parameter sets and compare the metrics",
  description:
    "Every combination of the values given with --grid is one run, with its own output notebook. " +
    "The table at the end has a row for each, with every number that the notebook recorded with notemill.glue.\n\n" +
    "A sweep that was interrupted, or partly failed, is taken up with --continue: runs that succeeded are kept.",
  arguments: [{ name: "NOTEBOOK_PATH", help: "Notebook to run, by path or URL." }],
  options: [
    ...GRID_OPTIONS,
    {
      name: "jobs",
      flags: ["--jobs", "-j"],
      values: ["N"],
      type: "integer",
      help: "How many runs are under way at once. Default: one for each processor.",
    },
    { name: "failFast", flags: ["--fail-fast"], help: "Stop at the first run that does not succeed." },
    { name: "continue", flags: ["--continue"], help: "Keep the results of runs that succeeded before." },
    {
      name: "force",
      flags: ["--force"],
      help: "Replace output notebooks that are there already. Without it and --continue nothing is started.",
    },
    {
      name: "outputPath",
      flags: ["--output-path"],
      values: ["TEMPLATE"],
      help: "Path of each output notebook, with {index} and the parameters. Default NAME-sweep/{index:03d}.ipynb.",
    },
    ...TABLE_OPTIONS,
    ...PARAMETER_OPTIONS.filter(({ name }) => !name.startsWith("inject")),
    ...EXECUTION_OPTIONS,
  ],
  examples: [
    ["notemill sweep train.ipynb --grid alpha=0.1,0.3,0.6 --grid depth=2,4", "six runs and a table"],
    [
      "notemill sweep train.ipynb --grid-file grid.yaml -j 4 --output metrics.csv",
      "four at a time, the table as CSV",
    ],
  ],
  run: sweep,
};

async function sweep(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [inputPath = ""] = parsed.arguments;
  const parameterSets = await readParameterSets(options);
  const jobs = options.number("jobs") ?? Math.max(1, availableParallelism());
  if (jobs < 1) throw new UsageError(`option --jobs: "${jobs}" is not at least 1`);

  const report = reportSweep(terminal, parameterSets);
  const rows = new Map<number, MetricsRow>();
  await using pool = createKernelPool();
  const outcome = await runSweep({
    ...executionOptions(options, terminal),
    inputPath,
    outputPath: options.text("outputPath") ?? defaultOutputPath(inputPath),
    parameterSets,
    concurrency: jobs,
    failFast: options.flag("failFast") === true,
    keepSucceeded: options.flag("continue") === true,
    overwrite: options.flag("force") === true,
    startKernel: pool.acquire,
    onEvent(event) {
      if (event.type === "child-finished") rows.set(event.index, childRow(event.child, event.notebook));
      report.event(event);
    },
  });
  report.end();
  await writeTable(
    `Sweep of ${basename(inputPath)}`,
    metricsTable(outcome.children.map((child) => rows.get(child.index) ?? childRow(child))),
    options,
    terminal,
  );
  if (terminal.interrupted.aborted) return signalExitCode(terminal.interrupted);
  return outcome.succeeded ? 0 : 1;
}

function defaultOutputPath(inputPath: string): string {
  const name = basename(inputPath).replace(/\.ipynb$/, "");
  return `${name.replaceAll("{", "{{").replaceAll("}", "}}")}-sweep/{index:03d}.ipynb`;
}

function childRow(
  { outputPath, parameters, state, outcome, error }: SweepChild,
  notebook?: Notebook,
): MetricsRow {
  const failure = error?.message ?? outcome?.failure?.message ?? null;
  const metrics = notebook === undefined ? {} : metricsRow(outputPath, notebook).metrics;
  return {
    notebook: outputPath,
    status: state === "kept" ? "succeeded" : state,
    duration: outcome?.duration ?? null,
    parameters: parametersToJson(parameters),
    metrics,
    error: failure,
  };
}
