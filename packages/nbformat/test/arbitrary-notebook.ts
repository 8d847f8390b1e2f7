import type { JsonObject, JsonValue } from "@notemill/json";
import { splitLines } from "@notemill/nbformat";
import fc from "fast-check";
import { jsonObject, jsonValue, key, text } from "../../json/test/arbitrary-json.ts";

/** Text as a file may hold it: whole, or in lines. */
const fileText: fc.Arbitrary<JsonValue> = fc.oneof(
  text,
  text.map(splitLines),
  fc.array(text, { maxLength: 3 }),
);

const count = fc.option(fc.nat(1000));

const textBundle = fc.dictionary(
  fc.constantFrom("text/plain", "text/html", "image/png", "image/svg+xml", "application/javascript", "x/y"),
  fileText,
);
const jsonBundle = fc.dictionary(
  fc.constantFrom("application/json", "application/geo+json", "application/vnd.a.v1+json"),
  jsonValue,
  { maxKeys: 2 },
);
const bundle: fc.Arbitrary<JsonObject> = fc
  .tuple(textBundle, jsonBundle)
  .map(([texts, values]) => ({ ...texts, ...values }));

/** The JSON form of any output. */
export const fileOutput: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({
    output_type: fc.constant("stream"),
    name: fc.constantFrom("stdout", "stderr"),
    text: fileText,
  }),
  fc.record({ output_type: fc.constant("display_data"), data: bundle, metadata: jsonObject }),
  fc.record({
    output_type: fc.constant("execute_result"),
    data: bundle,
    metadata: jsonObject,
    execution_count: count,
  }),
  fc.record({
    output_type: fc.constant("error"),
    ename: text,
    evalue: text,
    traceback: fc.array(text, { maxLength: 3 }),
  }),
);

const metadata: fc.Arbitrary<JsonObject> = fc
  .tuple(
    jsonObject,
    fc.record({ tags: fc.constantFrom<JsonValue>([], ["parameters"]) }, { requiredKeys: [] }),
  )
  .map(([some, tags]) => ({ ...some, ...tags }));

const attachments = fc.dictionary(key, bundle, { maxKeys: 2 });

const cell: fc.Arbitrary<JsonObject> = fc.oneof(
  fc.record({
    cell_type: fc.constant("code"),
    metadata,
    source: fileText,
    execution_count: count,
    outputs: fc.array(fileOutput, { maxLength: 4 }),
  }),
  fc.record(
    { cell_type: fc.constantFrom("markdown", "raw"), metadata, source: fileText, attachments },
    { requiredKeys: ["cell_type", "metadata", "source"] },
  ),
);

const cellId = fc.stringMatching(/^[a-zA-Z0-9\-_]{1,64}$/);

/** The value of a notebook file of nbformat 4.0 to 4.5, valid but for what metadata may hold. */
export const fileNotebook: fc.Arbitrary<JsonObject> = fc
  .tuple(
    fc.integer({ min: 0, max: 5 }),
    fc.array(cell, { maxLength: 5 }),
    fc.uniqueArray(cellId, { minLength: 5, maxLength: 5 }),
    jsonObject,
  )
  .map(([minor, cells, ids, rootMetadata]) => ({
    cells: minor < 5 ? cells : cells.map((it, index) => ({ ...it, id: ids[index] ?? "" })),
    metadata: rootMetadata,
    nbformat: 4,
    nbformat_minor: minor,
  }));
