import { resolve } from "node:path";
import type { RunEvent, RunOutcome } from "@notemill/executor";
import { encodeJson, type JsonValue, storableValue } from "@notemill/json";
import type { OptionValues, Terminal } from "../command-line/command.ts";
import type { RunPaths } from "../commands/run-paths.ts";
import { describeFailure, keptKernelLines } from "./describe-failure.ts";
import { createLog, type LogLevel } from "./log-level.ts";
import { logOutput } from "./log-output.ts";
import { oneLine } from "./one-line.ts";
import { createProgressBar, type ProgressBar } from "./progress-bar.ts";
import { createStreamFiles } from "./stream-files.ts";
import { warningLine } from "./tell-warnings.ts";
import { terminalColumns } from "./terminal-columns.ts";
import { usesColour } from "./uses-colour.ts";

/** Tells a person, or a program, how a run goes. */
export interface RunReport {
  readonly event: (event: RunEvent) => void;
  readonly end: (outcome: RunOutcome) => void;
}

/** Chooses how a run is reported: events as JSON lines, or text on standard error. */
export function reportRun(terminal: Terminal, options: OptionValues, paths: RunPaths): RunReport {
  const copy = createStreamFiles({
    stdoutFile: options.text("stdoutFile"),
    stderrFile: options.text("stderrFile"),
    cwd: resolve(terminal.cwd, options.text("cwd") ?? "."),
  });
  const report = options.flag("json") === true ? jsonReport(terminal) : textReport(terminal, options, paths);
  return {
    end: report.end,
    event(event) {
      if (event.type === "cell-output") copy(event.output);
      report.event(event);
    },
  };
}

function jsonReport({ stdout }: Terminal): RunReport {
  return {
    event: (event) => void stdout.write(`${encodeJson(storableValue(event as unknown as JsonValue))}\n`),
    end: () => undefined,
  };
}

function textReport(terminal: Terminal, options: OptionValues, paths: RunPaths): RunReport {
  const { stderr } = terminal;
  const logsOutput = options.flag("logOutput") === true;
  const isCompat = options.flag("compat") === true;
  const hasBar = options.flag("progressBar") ?? (!logsOutput && paths.output !== "-");
  let bar: ProgressBar | undefined;
  const write = (text: string): void => {
    if (bar) bar.interrupt(() => stderr.write(text));
    else stderr.write(text);
  };
  const log = createLog(write, leastLevel(options, paths));
  // A run that is gone on with reads what it wrote.
  if (options.flag("resume") === true) log("INFO", `Going on with: ${paths.output}`);
  else {
    log("INFO", `Input Notebook:  ${paths.input}`);
    log("INFO", `Output Notebook: ${paths.output}`);
  }
  const cwd = options.text("cwd");
  if (cwd !== undefined) log("INFO", `Working directory: ${cwd}`);

  return {
    event(event) {
      if (logsOutput) logOutput(event, log);
      switch (event.type) {
        case "run-warned":
          // With --compat the log is papermill's, which people search.
          return log("WARNING", isCompat ? oneLine(event.message) : warningLine(event));
        case "run-started":
          log("INFO", `Executing notebook with kernel: ${event.kernel_name}`);
          if (hasBar) bar = cellBar(terminal, event.cell_count - event.kept_cell_count);
          return;
        case "cell-started":
          if (event.description !== undefined) bar?.describe(`Executing ${event.description}`);
          return;
        case "cell-finished":
          return bar?.advance();
        default:
          return;
      }
    },
    end(outcome) {
      bar?.end();
      bar = undefined;
      const why = describeFailure(outcome, usesColour(terminal, stderr));
      for (const line of [...why, ...keptKernelLines(outcome, terminal)]) stderr.write(`${line}\n`);
    },
  };
}

function cellBar({ stderr }: Terminal, total: number): ProgressBar {
  return createProgressBar({
    write: (text) => void stderr.write(text),
    isTerminal: stderr.isTTY,
    columns: terminalColumns(stderr),
    now: () => performance.now(),
    total,
    unit: "cell",
    label: "Executing",
  });
}

/** The level asked for; with the notebook on standard output `INFO` becomes `ERROR`, as in papermill. */
function leastLevel(options: OptionValues, { output }: RunPaths): LogLevel {
  const level = (options.text("logLevel") ?? "INFO") as LogLevel;
  return output === "-" && level === "INFO" ? "ERROR" : level;
}
