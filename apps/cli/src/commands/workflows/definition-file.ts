import { ServerProblem } from "@notemill/client";
import { encodeJson, isJsonObject, type JsonValue, RawJson } from "@notemill/json";
import { definitionLine, parametersToJson, parseParameterYaml } from "@notemill/parameters";
import type { OptionDefinition, OptionValues, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { oneLine } from "../../progress/one-line.ts";
import { readYamlFile } from "../read-yaml-file.ts";

/** The file of a workflow. */
export const FILE_OPTION: OptionDefinition = {
  name: "file",
  flags: ["--file", "-f"],
  values: ["FILE"],
  help: "YAML or JSON: name, parameters, and steps with what each depends on.",
};

/** A workflow as its file has it. */
export interface DefinitionFile {
  readonly path: string;
  readonly text: string;
  readonly name: string;
  readonly definition: RawJson;
}

/** Reads the file that `--file` names. @throws {@link UsageError}, and what a file that cannot be read throws. */
export async function readDefinitionFile(options: OptionValues): Promise<DefinitionFile> {
  const path = options.text("file");
  if (path === undefined) throw new UsageError("say which file: -f FILE");
  const text = await readYamlFile(path);
  const { name, ...definition } = parametersToJson(parseParameterYaml(text));
  if (typeof name !== "string" || name === "")
    throw new UsageError(`"${path}" names no workflow; expected "name: …" at the top`);
  return { path, text, name, definition: new RawJson(encodeJson(definition)) };
}

/**
 * Says everything that the server found wrong with a file, with line, step and field.
 *
 * @returns Whether the error was about that.
 */
export function reportProblems(
  error: unknown,
  { path, text }: DefinitionFile,
  { stderr }: Terminal,
): boolean {
  if (!(error instanceof ServerProblem) || error.code !== "WORKFLOW_INVALID") return false;
  const problems = error.details["problems"];
  if (!Array.isArray(problems)) return false;
  for (const problem of problems as readonly JsonValue[]) {
    if (!isJsonObject(problem)) continue;
    const { code, step, field, message } = problem as Readonly<Record<string, string | number | null>>;
    const line = definitionLine(text, { step: step ?? null, field: String(field) });
    const place = [step === null ? "" : `step ${typeof step === "number" ? step + 1 : `"${step}"`}`, field]
      .filter((it) => it !== "")
      .join(", ");
    stderr.write(
      `${path}:${line ?? 1}: ${place === "" ? "" : `${place}: `}${oneLine(String(message))} (${code})\n`,
    );
  }
  return true;
}
