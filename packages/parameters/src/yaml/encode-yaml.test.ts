import { encodeJson, type JsonObject, parseJson } from "@notemill/json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parametersToJson } from "../parameter-map.ts";
import { parseParameterYaml } from "../parse-parameter-yaml.ts";
import { encodeYaml } from "./encode-yaml.ts";
import { yamlLineOf } from "./yaml-line-of.ts";

const objectOf = (json: string): JsonObject => parseJson(json) as JsonObject;
const roundTrip = (value: JsonObject): string =>
  encodeJson(parametersToJson(parseParameterYaml(encodeYaml(value))));

describe("encodeYaml", () => {
  it("writes what people read", () => {
    const value = objectOf(
      '{"name": "nightly", "steps": [{"key": "a", "path": "~/a.ipynb", "parameters": {"rate": 1.0, "on": "yes"}, "depends_on": []}, {"key": "b", "source": "select 1\\nfrom t\\n"}]}',
    );
    expect(encodeYaml(value)).toBe(`name: nightly
steps:
  - key: a
    path: ~/a.ipynb
    parameters:
      rate: 1.0
      "on": "yes"
    depends_on: []
  - key: b
    source: |
      select 1
      from t
`);
  });

  it.each([
    "1.0",
    "9007199254740993",
    "NaN",
    "-Infinity",
    "1e+300",
    "1.5e-07",
    "-0.0",
    '"012"',
    '"1:30"',
    '"~"',
    "null",
  ])("keeps %s", (json) => {
    expect(roundTrip(objectOf(`{"x": [${json}]}`))).toBe(encodeJson(objectOf(`{"x": [${json}]}`)));
  });

  it("is read back as what it was, whatever the text", () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom("a", " ", "\n", "#", ":", "-", "|") }),
    );
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.boolean(),
        fc.integer(),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(
          text.filter((it) => it !== "<<"),
          tie("value"),
          { maxKeys: 3 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom("a", "b c", "yes"), value, { minKeys: 1 }), (given) => {
        expect(roundTrip(given as JsonObject)).toBe(encodeJson(given as JsonObject));
      }),
    );
  });
});

it.each<[(string | number)[], number]>([
  [["steps", 1, "path"], 5],
  [["steps", 1, "parameters", "gone"], 4],
  [["steps", 0], 3],
  [[], 1],
])("yamlLineOf finds the line of %j: %d", (path, line) => {
  expect(yamlLineOf("name: x\nsteps:\n  - key: a\n  - key: b\n    path: ~/b.ipynb\n", path)).toBe(line);
});
