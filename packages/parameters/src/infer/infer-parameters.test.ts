import { encodeJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { canonical } from "../../test/canonical.ts";
import { showInferred } from "../../test/show-declarations.ts";
import { anyValue } from "../../test/values.ts";
import { parametersFromJson } from "../parameter-map.ts";
import { translateParameters } from "../translate/translate-parameters.ts";
import { canInferParameters, inferParameters } from "./infer-parameters.ts";

function parametersCell(source: string): Parameters<typeof inferParameters>[0]["cells"][number] {
  return {
    cell_type: "code",
    execution_count: null,
    id: "a",
    metadata: { tags: ["parameters"] },
    outputs: [],
    source,
  };
}

/** R has one empty container. */
function comparable(value: JsonValue, language: string): string {
  return language === "r" ? canonical(value, { emptyMapIsList: true }) : encodeJson(value);
}

describe("inferParameters", () => {
  it.each(["python", "r", "scala", "typescript", "javascript"])(
    "reads back what was written for %s",
    (language) => {
      fc.assert(
        fc.property(anyValue, (value) => {
          let source: string;
          try {
            source = translateParameters({
              kernelName: "",
              language,
              parameters: parametersFromJson({ x: value }),
            });
          } catch {
            return;
          }
          const [found] = inferParameters({ cells: [parametersCell(source)] }, { language });
          expect(found?.name).toBe("x");
          // Some of what is written is computed, such as text in pieces.
          if (found?.value !== undefined)
            expect(comparable(found.value, language)).toBe(comparable(value, language));
          else expect(source).toMatch(/0x|structure|BigInt/);
        }),
        { numRuns: 500 },
      );
    },
  );

  it.each(["python", "r", "scala", "typescript", "bash", "sql"])(
    "takes any source for %s without an error",
    (language) => {
      const source = fc.string({
        maxLength: 40,
        unit: fc.constantFrom(..."ax=: \n\"'`()[]{}#/*-\\$,;<>1.", "val ", "let ", "SET ", '"""', "c("),
      });
      fc.assert(
        fc.property(source, (text) => {
          expect(showInferred(language, text)).toBeTypeOf("string");
        }),
        { numRuns: 1000 },
      );
    },
  );

  it("reads the first cell tagged parameters, of any type", () => {
    const other = { ...parametersCell("x = 2"), metadata: {} };
    const markdown = {
      cell_type: "markdown",
      id: "m",
      metadata: { tags: ["parameters"] },
      source: "y = 3",
    } as const;
    const names = inferParameters(
      { cells: [other, markdown, parametersCell("x = 1")] },
      { language: "python" },
    );
    expect(names.map(({ name }) => name)).toEqual(["y"]);
  });

  it("gives none without such a cell, for an unknown language, and for a source that is no parameters cell", () => {
    expect(inferParameters({ cells: [] }, { language: "python" })).toEqual([]);
    expect(inferParameters({ cells: [parametersCell("x = 1")] }, { language: "cobol" })).toEqual([]);
    expect(
      inferParameters({ cells: [parametersCell("x = 1\n".repeat(40_000))] }, { language: "python" }),
    ).toEqual([]);
  });

  it("finds the language by the kernel's name first, without regard to case", () => {
    expect(canInferParameters({ kernelName: "pysparkkernel", language: "none" })).toBe(true);
    expect(canInferParameters({ language: "R" })).toBe(true);
    expect(canInferParameters({ kernelName: "julia-1.9", language: "julia" })).toBe(false);
  });

  it("says the type, default, description and title in JSON Schema", () => {
    const source =
      'a: float = 1.0  # how steep\nb = 12345678901234567890\nc: Optional[Literal["x"]] = None\nd: int';
    const schemas = inferParameters({ cells: [parametersCell(source)] }, { language: "python" }).map(
      ({ schema }) => schema,
    );
    expect(schemas.map((schema) => encodeJson(schema))).toEqual([
      '{"title":"a","type":"number","description":"how steep","default":1.0}',
      '{"title":"b","type":"integer","default":12345678901234567890}',
      '{"title":"c","enum":["x",null],"default":null}',
      '{"title":"d","type":"integer"}',
    ]);
  });
});
