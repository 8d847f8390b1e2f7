import { encodeJson } from "@notemill/json";

import { inferParameters } from "@notemill/parameters";

/** What is inferred from a parameters cell, one line a parameter: name | type | default | value | help. */
export function showInferred(language: string, source: string): string {
  const metadata = { tags: ["parameters"] };
  const cell = { cell_type: "code", execution_count: null, id: "a", metadata, outputs: [], source } as const;
  return inferParameters({ cells: [cell] }, { language })
    .map(({ default: text, help, name, required, typeName, value }) => {
      const shown = value === undefined ? (required ? "required" : "computed") : encodeJson(value);
      return [name, typeName, text, shown, help].join(" | ").trimEnd();
    })
    .join("\n");
}
