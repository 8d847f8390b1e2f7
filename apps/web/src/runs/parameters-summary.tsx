import { encodeJson, isJsonObject, type JsonValue, parseJson, type RawJson } from "@notemill/json";
import type { ReactNode } from "react";

/** The parameters of a run, by name, in their order; none where they cannot be read. */
export function parameterEntries(parameters: RawJson): readonly (readonly [name: string, text: string])[] {
  const value = parseJson(parameters.text);
  return isJsonObject(value) ? Object.entries(value).map(([name, it]) => [name, textOf(it)] as const) : [];
}

/** The parameters of a run on one line. */
export function ParametersSummary({ parameters }: { readonly parameters: RawJson }): ReactNode {
  return (
    <span className="parameters-line">
      {parameterEntries(parameters).map(([name, text]) => (
        <span key={name}>
          {name}=<b>{text.length > 40 ? `${text.slice(0, 39)}…` : text}</b>
        </span>
      ))}
    </span>
  );
}

function textOf(value: JsonValue): string {
  return typeof value === "string" ? value : encodeJson(value);
}
