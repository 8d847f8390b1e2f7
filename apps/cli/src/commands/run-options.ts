import type { OptionDefinition } from "../command-line/command.ts";
import { ENVIRONMENT_OPTION } from "./environments/environment-options.ts";

/** The options that say which parameters a notebook gets. */
export const PARAMETER_OPTIONS: readonly OptionDefinition[] = [
  {
    name: "parameters",
    flags: ["--parameters", "-p"],
    values: ["NAME", "VALUE"],
    repeatable: true,
    help: "A parameter. VALUE is read as True, False, None, a whole number or a float where it is one, else as text.",
  },
  {
    name: "parametersRaw",
    flags: ["--parameters_raw", "--parameters-raw", "-r"],
    values: ["NAME", "VALUE"],
    repeatable: true,
    help: "A parameter whose VALUE is text, whatever it looks like.",
  },
  {
    name: "parametersFile",
    flags: ["--parameters_file", "--parameters-file", "-f"],
    values: ["PATH"],
    repeatable: true,
    help: "A YAML or JSON file of parameters, by path or URL.",
  },
  {
    name: "parametersYaml",
    flags: ["--parameters_yaml", "--parameters-yaml", "-y"],
    values: ["TEXT"],
    repeatable: true,
    help: "Parameters as YAML text.",
  },
  {
    name: "parametersBase64",
    flags: ["--parameters_base64", "--parameters-base64", "-b"],
    values: ["TEXT"],
    repeatable: true,
    help: "Parameters as YAML text in base64.",
  },
  {
    name: "injectInputPath",
    flags: ["--inject-input-path"],
    help: "Add the parameter PAPERMILL_INPUT_PATH: the input path as given.",
  },
  {
    name: "injectOutputPath",
    flags: ["--inject-output-path"],
    help: "Add the parameter PAPERMILL_OUTPUT_PATH: the output path as given.",
  },
  { name: "injectPaths", flags: ["--inject-paths"], help: "Add both path parameters." },
];

/** Whether names that the notebook does not declare are refused. */
export const STRICT_OPTION: OptionDefinition = {
  name: "strict",
  flags: ["--strict"],
  help: "Start nothing where a parameter has a name that the notebook does not declare. Without it that is a warning.",
};

/** The options that say how a notebook is executed. */
export const EXECUTION_OPTIONS: readonly OptionDefinition[] = [
  {
    name: "kernel",
    flags: ["--kernel", "-k"],
    values: ["NAME"],
    completes: "kernelspec",
    help: "Kernel to run, instead of the one the notebook names.",
  },
  {
    name: "language",
    flags: ["--language", "-l"],
    values: ["NAME"],
    help: "Language in which parameters are written, instead of the notebook's.",
  },
  STRICT_OPTION,
  ENVIRONMENT_OPTION,
  { name: "cwd", flags: ["--cwd"], values: ["DIRECTORY"], help: "Working directory of the kernel." },
  {
    name: "startTimeout",
    flags: ["--start-timeout", "--start_timeout"],
    values: ["SECONDS"],
    type: "duration",
    help: "How long the kernel may take to start. Default 60.",
  },
  {
    name: "executionTimeout",
    flags: ["--execution-timeout"],
    values: ["SECONDS"],
    type: "duration",
    help: "How long one cell may take. Default: no limit.",
  },
  {
    name: "timeout",
    flags: ["--timeout"],
    values: ["SECONDS"],
    type: "duration",
    help: "How long the whole run may take, as 90, 30m or 1h30m. Default: no limit.",
  },
  {
    name: "allowErrors",
    flags: ["--allow-errors"],
    help: "Execute the cells behind one that raises too. The run fails all the same.",
  },
  {
    name: "reportMode",
    flags: ["--report-mode"],
    negatedFlags: ["--no-report-mode"],
    help: "Hide the code of every cell, for readers.",
  },
  {
    name: "compat",
    flags: ["--compat"],
    help: "Write what papermill 2.7 writes where Notemill would differ.",
  },
];

/** The options of `notemill run` alone. */
export const RUN_OPTIONS: readonly OptionDefinition[] = [
  {
    name: "helpNotebook",
    flags: ["--help-notebook"],
    help: "Show the parameters of the notebook and run nothing.",
  },
  {
    name: "engine",
    flags: ["--engine"],
    values: ["NAME"],
    help: "Accepted for papermill's sake; only nbclient, the default, is known.",
  },
  {
    name: "saveOnCellExecute",
    flags: ["--request-save-on-cell-execute"],
    negatedFlags: ["--no-request-save-on-cell-execute"],
    help: "Save the output notebook while cells run. On by default.",
  },
  {
    name: "autosaveCellEvery",
    flags: ["--autosave-cell-every"],
    values: ["SECONDS"],
    type: "integer",
    help: "Least time between two saves while cells run. Default 1; 0 saves only at the begin and at the end.",
  },
  {
    name: "prepareOnly",
    flags: ["--prepare-only"],
    negatedFlags: ["--prepare-execute"],
    help: "Write the notebook with its parameters and execute nothing.",
  },
  {
    name: "progressBar",
    flags: ["--progress-bar"],
    negatedFlags: ["--no-progress-bar"],
    help: "Show a progress bar. On by default, unless output is logged or goes to a pipe.",
  },
  {
    name: "logOutput",
    flags: ["--log-output"],
    negatedFlags: ["--no-log-output"],
    help: "Write the notebook's output to the log.",
  },
  {
    name: "stdoutFile",
    flags: ["--stdout-file"],
    values: ["PATH"],
    help: "File that gets what cells print.",
  },
  {
    name: "stderrFile",
    flags: ["--stderr-file"],
    values: ["PATH"],
    help: "File that gets what cells print to standard error.",
  },
  {
    name: "logLevel",
    flags: ["--log-level"],
    values: ["LEVEL"],
    choices: ["NOTSET", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
    help: "Least level of what is logged. Default INFO.",
  },
  {
    name: "keepKernel",
    flags: ["--keep-kernel"],
    values: ["DURATION"],
    type: "duration",
    help: "Keep the kernel of a run that fails alive for so long, as 30m, to look into it and to go on.",
  },
  {
    name: "resume",
    flags: ["--resume"],
    help: "Go on with the failed run of an output notebook in the kernel that was kept, from the first cell that did not complete.",
  },
  { name: "json", flags: ["--json"], help: "Write events to standard output, one JSON object per line." },
];
