import { closeSync, openSync, writeSync } from "node:fs";

const MB = 2 ** 20;

/** The most that reading and writing a notebook may take of memory, in sizes of its file. */
export const SHARE = 7;

/** Parts of a file that is too large to be held as one string. */
type Parts = Generator<string, void, void>;

const KERNEL = '"kernelspec":{"display_name":"Python 3","language":"python","name":"python3"}';
const END = `],"metadata":{${KERNEL}},"nbformat":4,"nbformat_minor":5}`;

function* repeated(part: string, count: number, separator = ""): Parts {
  for (let i = 0; i < count; i++) yield i === 0 ? part : separator + part;
}

function* withOutputs(output: string, count: number): Parts {
  yield '{"cells":[';
  for (let i = 0; i < count; i++) {
    const comma = i === 0 ? "" : ",";
    yield `${comma}{"cell_type":"code","id":"c${i}","metadata":{},"execution_count":null,"source":"1","outputs":[${output}]}`;
  }
  yield END;
}

function* withSource(line: string, count: number): Parts {
  yield '{"cells":[{"cell_type":"code","id":"c","metadata":{},"execution_count":null,"outputs":[],"source":[';
  yield* repeated(line, count, ",");
  yield `]}${END}`;
}

function* withMetadata(begin: string, part: string, count: number, end: string): Parts {
  yield `{"cells":[],"nbformat":4,"nbformat_minor":5,"metadata":{${KERNEL},"large":${begin}`;
  yield* repeated(part, count);
  yield `${end}}}`;
}

function* withCells(cell: string, count: number): Parts {
  yield '{"cells":[';
  yield* repeated(cell, count, ",");
  yield END;
}

const image = `{"output_type":"display_data","metadata":{},"data":{"image/png":"${"A".repeat(2 * MB)}"}}`;
const printed = `{"output_type":"stream","name":"stdout","text":[${Array(50_000).fill('"a line of a log\\n"').join(",")}]}`;
const tinyCell =
  '{"cell_type":"code","id":"a","metadata":{},"source":"","execution_count":null,"outputs":[]}';

/** Notebooks of 200 MB, by what they are full of. */
export const LARGE_NOTEBOOKS: Readonly<Record<string, () => Parts>> = {
  images: () => withOutputs(image, 100),
  "printed text": () => withOutputs(printed, 210),
  "one text in the metadata": () => withMetadata('"', "x".repeat(MB), 200, '"'),
  "a list in the metadata": () => withMetadata("[", `{"a":1,"b":"${"x".repeat(80)}"},`, 2_100_000, "0]"),
  "numbers in the metadata": () => withMetadata("[", "1234567,".repeat(1000), 26_000, "0]"),
  "tiny cells": () => withCells(tinyCell, 2_200_000),
  "one source of one line": () => withSource(`"${"x".repeat(200 * MB)}"`, 1),
  "one source of many lines": () => withSource(`"${"x".repeat(70)}\\n"`, 2_800_000),
};

/** Writes a file of these parts and gives its size in MB. */
export function writeParts(path: string, parts: Parts): number {
  const file = openSync(path, "w");
  let size = 0;
  let pending = "";
  for (const part of parts) {
    pending += part;
    if (pending.length < MB) continue;
    size += writeSync(file, pending);
    pending = "";
  }
  size += writeSync(file, pending);
  closeSync(file);
  return Math.round(size / MB);
}

/** Cells of which twenty are to be executed. */
export function* manyCells(count = 100_000): Parts {
  yield '{"cells":[';
  for (let i = 0; i < count; i++) {
    const type = i % (count / 20) === 0 ? '"code","execution_count":null,"outputs":[]' : '"markdown"';
    yield `${i === 0 ? "" : ","}{"cell_type":${type},"id":"c${i}","metadata":{},"source":"1"}`;
  }
  yield END;
}
