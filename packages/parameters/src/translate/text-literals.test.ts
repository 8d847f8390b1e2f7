import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { REFERENCE_READERS } from "../../test/reference-literals.ts";
import { anyText, HOSTILE_TEXT } from "../../test/values.ts";
import { parametersFromJson } from "../parameter-map.ts";
import { translateParameters } from "./translate-parameters.ts";

/** The expression that a text is written as. */
function expression(kernelName: string, text: string): string {
  const source = translateParameters({
    kernelName,
    language: "none",
    parameters: parametersFromJson({ x: text }),
  });
  return /^.*\n[^=]*= ([\s\S]*?);?\n$/.exec(source)?.[1] ?? "";
}

describe.each(Object.entries(REFERENCE_READERS))("text for %s", (kernelName, read) => {
  it.each(HOSTILE_TEXT.map((text) => [text]))("holds %j", (text) => {
    expect(read(expression(kernelName, text))).toBe(text);
  });

  it("holds any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(read(expression(kernelName, text))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it("stays on one line of ASCII, but for printable text of MATLAB", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const written = expression(kernelName, text);
        expect(written).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        if (kernelName !== "matlab") expect(written).toMatch(/^[ -~]*$/);
      }),
    );
  });
});
