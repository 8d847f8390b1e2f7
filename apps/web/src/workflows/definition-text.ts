import { ServerProblem } from "@notemill/client";
import { encodeJson, isJsonObject, type JsonValue, RawJson } from "@notemill/json";
import { definitionLine, parametersToJson, ParametersError, parseParameterYaml } from "@notemill/parameters";
import { sentence } from "../shell/sentence.ts";

/** A definition as it is sent. */
export interface ReadDefinition {
  readonly name: string;
  readonly definition: RawJson;
}

/** Something that is wrong with a definition, and in which line, from 1. */
export interface DefinitionProblem {
  readonly line: number;
  readonly message: string;
  readonly code: string | null;
}

/** Reads the text of a definition; or says why it cannot be read. */
export function readDefinition(text: string): ReadDefinition | DefinitionProblem {
  try {
    const { name, ...definition } = parametersToJson(parseParameterYaml(text));
    if (typeof name !== "string" || name === "")
      return { line: 1, message: "It needs a name: “name: nightly” at the top.", code: null };
    return { name, definition: new RawJson(encodeJson(definition)) };
  } catch (error) {
    if (!(error instanceof ParametersError)) throw error;
    const { line } = error.details;
    return { line: typeof line === "number" ? line : 1, message: sentence(error.message), code: error.code };
  }
}

/** What a server found wrong with a definition, by its lines; null where the error is another one. */
export function problemsOf(error: unknown, text: string): readonly DefinitionProblem[] | null {
  if (!(error instanceof ServerProblem) || error.code !== "WORKFLOW_INVALID") return null;
  const { problems } = error.details;
  if (!Array.isArray(problems)) return null;
  return (problems as readonly JsonValue[])
    .flatMap((problem) => {
      if (!isJsonObject(problem)) return [];
      const { step, field, message, code } = problem;
      const known = typeof step === "string" || typeof step === "number" ? step : null;
      const name = typeof field === "string" ? field : "";
      const where = [known === null ? "" : `step ${known}`, name].filter((it) => it !== "").join(", ");
      return [
        {
          line: definitionLine(text, { step: known, field: name }) ?? 1,
          message: sentence(
            `${where === "" ? "" : `${where}: `}${typeof message === "string" ? message : ""}`,
          ),
          code: typeof code === "string" ? code : null,
        },
      ];
    })
    .toSorted((a, b) => a.line - b.line);
}
