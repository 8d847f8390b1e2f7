import { chooseKernel, readKernelChoice, readSource } from "@notemill/executor";
import { encodeJson, type JsonValue, storableValue } from "@notemill/json";
import {
  canInferParameters,
  describeParameters,
  findTaggedCell,
  formatPath,
  inferParameters,
  type InferredParameter,
} from "@notemill/parameters";
import { openLocation } from "@notemill/storage";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { tableWidth } from "../progress/terminal-columns.ts";
import { textTable } from "../text-table.ts";
import { readParameters } from "./read-parameters.ts";

/** `notemill inspect`: the parameters that a notebook declares. */
export const inspectCommand: Command = {
  name: "inspect",
  summary: "Show the parameters of a notebook: types, defaults and help",
  arguments: [{ name: "NOTEBOOK_PATH", help: "Notebook to look at, by path or URL; - is standard input." }],
  options: [
    { name: "json", flags: ["--json"], help: "Print the parameters as JSON, each with its JSON Schema." },
    {
      name: "language",
      flags: ["--language", "-l"],
      values: ["NAME"],
      help: "Read the parameters as this language, instead of the notebook's.",
    },
  ],
  examples: [["notemill inspect report.ipynb", "a table of the parameters"]],
  run: inspect,
};

async function inspect(
  { arguments: [path = ""], options }: ParsedCommandLine,
  { stdout }: Terminal,
): Promise<number> {
  const { notebook } = await readSource(openLocation(path));
  const given = { language: options.text("language") };
  // A notebook that declares nothing need not say in which language.
  const isDeclared = findTaggedCell(notebook, "parameters") >= 0;
  const { kernelName = "", language = "" } = (isDeclared ? chooseKernel : readKernelChoice)(notebook, given);
  const choice = { kernelName, language };
  const parameters = inferParameters(notebook, choice);
  if (options.flag("json") === true) {
    const value = { path, ...choice, inferred: canInferParameters(choice), parameters };
    stdout.write(`${encodeJson(storableValue(value as unknown as JsonValue), { indent: 2 })}\n`);
    return 0;
  }
  stdout.write(
    parameters.length > 0
      ? `${parameterTable(parameters, tableWidth(stdout))}\n`
      : `${emptyText(path, choice)}\n`,
  );
  return 0;
}

function emptyText(path: string, choice: { readonly language: string; readonly kernelName: string }): string {
  return canInferParameters(choice) || choice.language === ""
    ? `${path} declares no parameters; tag the cell that sets their defaults "parameters"`
    : `${path} is in ${choice.language}, whose parameters cannot be read`;
}

function parameterTable(parameters: readonly InferredParameter[], width: number | undefined): string {
  return textTable(
    [{ title: "Name", cut: "never" }, { title: "Type" }, { title: "Default" }, { title: "Help" }],
    parameters.map(({ name, typeName, default: value, help, required }) => [
      name,
      typeName === "None" ? "" : typeName,
      required ? "(required)" : value,
      help,
    ]),
    { width },
  );
}

/** `notemill run --help-notebook`: what papermill prints, with its exit codes. */
export async function helpNotebook(
  parsed: ParsedCommandLine,
  { stdout }: Terminal,
  inputPath: string,
): Promise<number> {
  const given = await readParameters(parsed.options, { input: inputPath, output: "" });
  const path = formatPath(inputPath, given, { runUuid: crypto.randomUUID(), now: new Date() });
  const { notebook } = await readSource(openLocation(path));
  const isDeclared = findTaggedCell(notebook, "parameters") >= 0;
  const parameters = isDeclared ? inferParameters(notebook, chooseKernel(notebook, {})) : undefined;
  stdout.write("Usage: notemill run [OPTIONS] NOTEBOOK_PATH [OUTPUT_PATH]\n");
  stdout.write(describeParameters({ path, parameters }));
  return isDeclared ? 0 : 1;
}
