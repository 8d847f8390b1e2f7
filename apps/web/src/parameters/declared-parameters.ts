import { isJsonObject, type JsonValue } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";
import { type InferredParameter, inferParameters } from "@notemill/parameters";

/** The parameters that a notebook declares; none where its language is not known. */
export function declaredParameters(notebook: Notebook): readonly InferredParameter[] {
  const { kernelspec, language_info: info } = notebook.metadata;
  const language = text(info, "name") ?? text(kernelspec, "language");
  const kernelName = text(kernelspec, "name");
  if (language === undefined && kernelName === undefined) return [];
  return inferParameters(notebook, {
    language: language ?? "",
    ...(kernelName === undefined ? {} : { kernelName }),
  });
}

function text(value: JsonValue | undefined, key: string): string | undefined {
  const found = isJsonObject(value) ? value[key] : undefined;
  return typeof found === "string" && found !== "" ? found : undefined;
}
