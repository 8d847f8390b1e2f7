/** A notebook that is large or expensive, and how reading it must end. */
export interface LargeCase {
  /** Makes the text, of about `size` bytes where it can be of any size. */
  readonly make: (size: number) => string;
  /** `read`, or the code of the error. */
  readonly outcome: string;
  /** Megabytes of memory granted beside a multiple of the file's size. */
  readonly allowance?: number;
}

/** Cases by name. */
export const LARGE_CASES: Readonly<Record<string, LargeCase>> = {
  "one output of text": {
    make: (size) => notebook(stream(`"${"x".repeat(size)}"`)),
    outcome: "read",
  },
  "many lines of output": {
    make: (size) => notebook(stream(listed('"a line of some forty characters, no more\\n"', size))),
    outcome: "read",
  },
  "text beyond Latin-1": {
    make: (size) => notebook(stream(`"${"wörter 言葉 ".repeat(size / 16)}"`)),
    outcome: "read",
  },
  images: {
    make: (size) => notebook(display(`"image/png":"${"iVBO".repeat(size / 4)}"`)),
    outcome: "read",
  },
  "data of a chart": {
    make: (size) => notebook(display(`"application/json":[${listed('{"x":0.25,"y":1.0}', size)}]`)),
    outcome: "read",
  },
  "900,000 outputs without fields": {
    make: () => notebook(code(listed("{}", 2_700_000))),
    outcome: "read",
    allowance: 700,
  },
  "ten million strings": {
    make: () => metadata(`[${listed('"a"', 40_000_000)}]`),
    outcome: "read",
    allowance: 200,
  },
  "ten million numbers": {
    make: () => metadata(`[${listed("1", 20_000_000)}]`),
    outcome: "NOTEBOOK_TOO_COMPLEX",
    allowance: 300,
  },
  "ten million empty objects": {
    make: () => metadata(`[${listed("{}", 30_000_000)}]`),
    outcome: "NOTEBOOK_TOO_COMPLEX",
    allowance: 300,
  },
  "three million objects with keys of their own": {
    make: () => metadata(`[${Array.from({ length: 3_000_000 }, (_none, at) => `{"k${at}":1}`).join()}]`),
    outcome: "NOTEBOOK_TOO_COMPLEX",
    allowance: 700,
  },
  "ten million cells": {
    make: () => notebook(listed("{}", 30_000_000)),
    outcome: "NOTEBOOK_TOO_COMPLEX",
    allowance: 300,
  },
  "ten million levels": { make: () => metadata("[".repeat(10_000_000)), outcome: "NOTEBOOK_TOO_COMPLEX" },
  "a number of any length": { make: (size) => metadata("9".repeat(size)), outcome: "read" },
  "nothing but zeros": { make: (size) => "\0".repeat(size), outcome: "NOTEBOOK_NOT_JSON" },
  "a file that was cut off": {
    make: (size) =>
      notebook(stream(listed('"a line of some forty characters, no more\\n"', size))).slice(0, -10),
    outcome: "NOTEBOOK_NOT_JSON",
  },
};

function notebook(cells: string): string {
  return `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[${cells}]}`;
}

function metadata(value: string): string {
  return `{"nbformat":4,"nbformat_minor":5,"cells":[],"metadata":{"a":${value}}}`;
}

function code(outputs: string): string {
  return `{"cell_type":"code","id":"a","metadata":{},"source":"","execution_count":null,"outputs":[${outputs}]}`;
}

function stream(lines: string): string {
  return outputCode(`"output_type":"stream","name":"stdout","text":[${lines}]`);
}

function display(data: string): string {
  return outputCode(`"output_type":"display_data","metadata":{},"data":{${data}}`);
}

function outputCode(output: string): string {
  return code(`{${output}}`);
}

/** Repeats a value, commas between, until there are `size` bytes. */
function listed(value: string, size: number): string {
  return `${`${value},`.repeat(Math.floor(size / (value.length + 1)))}${value}`;
}
