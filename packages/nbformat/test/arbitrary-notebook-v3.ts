import { encodeJson } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import { splitLines } from "@notemill/nbformat";
import fc from "fast-check";
import { jsonObject, jsonValue, text } from "../../json/test/arbitrary-json.ts";

const fileText: fc.Arbitrary<JsonValue> = fc.oneof(
  text,
  text.map(splitLines),
  fc.array(text, { maxLength: 3 }),
);

const shown = fc.record(
  {
    text: fileText,
    html: fileText,
    svg: fileText,
    latex: fileText,
    javascript: fileText,
    json: jsonValue.map((value) => encodeJson(value)),
    png: text,
    jpeg: text,
    metadata: jsonObject,
  },
  { requiredKeys: [] },
);

const output: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record(
    { output_type: fc.constant("stream"), stream: fc.constantFrom("stdout", "stderr"), text: fileText },
    { requiredKeys: ["output_type", "text"] },
  ),
  shown.map((fields) => ({ ...fields, output_type: "display_data" })),
  fc
    .tuple(shown, fc.record({ prompt_number: fc.nat(99) }, { requiredKeys: [] }))
    .map(([fields, count]) => ({ ...fields, ...count, output_type: "pyout" })),
  fc.record({ output_type: fc.constant("pyerr"), ename: text, evalue: text, traceback: fc.array(text) }),
);

const cell: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record(
    {
      cell_type: fc.constant("code"),
      language: fc.constant("python"),
      collapsed: fc.boolean(),
      input: fileText,
      outputs: fc.array(output, { maxLength: 3 }),
      prompt_number: fc.nat(99),
      metadata: jsonObject,
    },
    { requiredKeys: ["cell_type", "outputs"] },
  ),
  fc.record({
    cell_type: fc.constantFrom("markdown", "raw", "html"),
    source: fileText,
    metadata: jsonObject,
  }),
  fc.record(
    {
      cell_type: fc.constant("heading"),
      level: fc.integer({ min: 1, max: 6 }),
      source: fileText,
      metadata: jsonObject,
    },
    { requiredKeys: ["cell_type", "source", "metadata"] },
  ),
);

const worksheet = fc.record({ cells: fc.array(cell, { maxLength: 4 }), metadata: jsonObject });

/** The value of a notebook file of nbformat 3. */
export const fileNotebookV3: fc.Arbitrary<JsonObject> = fc.record({
  metadata: jsonObject,
  nbformat: fc.constant(3),
  nbformat_minor: fc.constant(0),
  worksheets: fc.array(worksheet, { maxLength: 2 }),
});
