import type { RunNotebookOptions } from "@notemill/executor";
import { chooseEnvironment } from "./environments/choose-environment.ts";
import { builtInKernelspecs } from "../built-in-kernelspecs.ts";
import type { OptionValues, Terminal } from "../command-line/command.ts";

/** Reads the options that every command which executes notebooks takes. */
export function executionOptions(options: OptionValues, terminal: Terminal): Partial<RunNotebookOptions> {
  const { interrupted } = terminal;
  const kernelName = options.text("kernel");
  const language = options.text("language");
  const cwd = options.text("cwd");
  const startTimeout = options.number("startTimeout");
  return {
    ...(kernelName === undefined ? {} : { kernelName }),
    ...(language === undefined ? {} : { language }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(startTimeout === undefined ? {} : { startTimeoutMs: startTimeout * 1000 }),
    cellTimeoutMs: limit(options.number("executionTimeout")),
    runTimeoutMs: limit(options.number("timeout")),
    allowErrors: options.flag("allowErrors") === true,
    strictParameters: options.flag("strict") === true,
    reportMode: options.flag("reportMode") === true,
    compat: options.flag("compat") === true,
    chooseEnvironment: (notebook) => chooseEnvironment(notebook, options, terminal),
    builtInKernelspecs: builtInKernelspecs(),
    signal: interrupted,
  };
}

/** Seconds to milliseconds; 0 and below mean no limit. */
function limit(seconds: number | undefined): number | null {
  return seconds === undefined || seconds <= 0 ? null : seconds * 1000;
}
