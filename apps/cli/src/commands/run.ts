import { ExecutorError, resumeNotebook, runNotebook } from "@notemill/executor";
import type {
  Command,
  OptionDefinition,
  OptionValues,
  ParsedCommandLine,
  Terminal,
} from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { exitCodeOf } from "../exit-code.ts";
import { reportRun } from "../progress/report-run.ts";
import { executionOptions } from "./execution-options.ts";
import { helpNotebook } from "./inspect.ts";
import { readParameters } from "./read-parameters.ts";
import { EXECUTION_OPTIONS, PARAMETER_OPTIONS, RUN_OPTIONS } from "./run-options.ts";
import { choosePaths } from "./run-paths.ts";

/** `notemill run`: papermill's command line over our executor. */
export const runCommand: Command = {
  name: "run",
  summary: "Run a notebook with parameters and write the output notebook",
  arguments: [
    { name: "NOTEBOOK_PATH", help: "Notebook to run, by path or URL; - is standard input.", optional: true },
    { name: "OUTPUT_PATH", help: "Where the output notebook goes; - is standard output.", optional: true },
  ],
  options: [...PARAMETER_OPTIONS, ...EXECUTION_OPTIONS, ...RUN_OPTIONS],
  examples: [
    ["notemill run report.ipynb out.ipynb -p alpha 0.6", "one parameter"],
    [
      "notemill run report.ipynb 'out-{alpha}.ipynb' -f parameters.yaml",
      "parameters from a file, one of them in the path",
    ],
  ],
  run,
};

async function run(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  if (options.flag("helpNotebook") === true) {
    return helpNotebook(parsed, terminal, parsed.arguments[0] ?? "-");
  }
  if (options.flag("resume") === true) return resume(parsed, terminal);
  const isPipe = !terminal.stdout.isTTY && options.flag("json") !== true;
  const paths = choosePaths(parsed.arguments, isPipe, options.flag("compat") === true);
  const engine = options.text("engine");
  if (engine !== undefined && engine !== "nbclient") {
    throw new ExecutorError(
      "ENGINE_UNKNOWN",
      `no engine is named "${engine}"; leave --engine out or use nbclient`,
    );
  }
  const parameters = await readParameters(options, paths);
  const report = reportRun(terminal, options, paths);
  const outcome = await runNotebook({
    ...executionOptions(options, terminal),
    ...keepOptions(options),
    inputPath: paths.input,
    outputPath: paths.output,
    parameters,
    prepareOnly: options.flag("prepareOnly") === true,
    saveIntervalMs: saveInterval(options),
    onEvent: report.event,
  });
  report.end(outcome);
  return exitCodeOf(outcome, terminal.interrupted);
}

/** Options that only the start of a run reads. */
const OF_THE_START: ReadonlySet<string> = new Set([
  "kernel",
  "language",
  "environment",
  "cwd",
  "startTimeout",
  "reportMode",
  "engine",
  "prepareOnly",
  "strict",
]);

/** Goes on with a failed run; the only path is its output notebook. */
async function resume({ arguments: given, options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const [path, extra] = given;
  if (path === undefined || extra !== undefined) {
    throw new UsageError("--resume takes one path: the output notebook of the run that failed");
  }
  const givenOf = (definitions: readonly OptionDefinition[]) =>
    definitions.find(({ name }) => options.isGiven(name))?.flags[0];
  const parameter = givenOf(PARAMETER_OPTIONS);
  if (parameter !== undefined)
    throw new UsageError(`--resume goes on with the parameters of the run; leave ${parameter} out`);
  const kept = givenOf([...EXECUTION_OPTIONS, ...RUN_OPTIONS].filter(({ name }) => OF_THE_START.has(name)));
  if (kept !== undefined)
    throw new UsageError(
      `--resume goes on in the kernel that was kept, as the run was started, with its working directory; leave ${kept} out`,
    );
  const { cellTimeoutMs = null, runTimeoutMs = null } = executionOptions(options, terminal);
  const report = reportRun(terminal, options, { input: path, output: path });
  const outcome = await resumeNotebook(path, {
    ...keepOptions(options),
    cellTimeoutMs,
    runTimeoutMs,
    signal: terminal.interrupted,
    saveIntervalMs: saveInterval(options),
    onEvent: report.event,
  });
  report.end(outcome);
  return exitCodeOf(outcome, terminal.interrupted);
}

function keepOptions(options: OptionValues): { keepKernelMs?: number; hostCommand: readonly string[] } {
  const seconds = options.number("keepKernel");
  const hostCommand = [process.execPath, process.argv[1] ?? "", "__kernel-host"];
  return seconds === undefined ? { hostCommand } : { keepKernelMs: Math.round(seconds * 1000), hostCommand };
}

function saveInterval(options: OptionValues): number | null {
  if (options.flag("saveOnCellExecute") === false) return null;
  const seconds = options.number("autosaveCellEvery") ?? 1;
  return seconds <= 0 ? null : seconds * 1000;
}
