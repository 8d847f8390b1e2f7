import { expect, it } from "vitest";
import { addOutputs, type ConsoleEntry } from "./console-entry.ts";

const EMPTY: ConsoleEntry = { id: 1, code: "x", outputs: [], result: null };

it("joins pieces of one stream, keeps JSON as it was written, and leaves out what is no output", () => {
  const stream = (name: string, text: string): string =>
    JSON.stringify({ output_type: "stream", name, text });
  const result = '{"output_type":"display_data","data":{"application/json":{"a":1.0}},"metadata":{}}';
  const { outputs } = addOutputs(addOutputs(EMPTY, [stream("stdout", "a"), stream("stdout", "b")]), [
    stream("stdout", "c"),
    stream("stderr", "d"),
    "12",
    result,
  ]);
  expect(outputs).toMatchObject([
    { name: "stdout", text: "abc" },
    { name: "stderr", text: "d" },
    { data: { "application/json": { text: '{"a":1.0}' } } },
  ]);
});
