/** A file that is broken, or so odd that few programs have seen its like. */
export interface BrokenNotebook {
  readonly content: string | Uint8Array;
  /** The code it is refused with; absent where it is read all the same. */
  readonly code?: string;
}

type Fields = Readonly<Record<string, unknown>>;

const LONG = "k".repeat(10 << 20);
const KERNELSPEC = { name: "python3", display_name: "Python 3", language: "python" };
const CODE_CELL = { cell_type: "code", id: "a", source: "1", execution_count: null };

/** The text of a notebook of one code cell; fields of both can be replaced. */
function notebook(fields: Fields, cell: Fields = {}): string {
  return JSON.stringify({
    cells: [{ ...CODE_CELL, metadata: {}, outputs: [], ...cell }],
    metadata: { kernelspec: KERNELSPEC },
    nbformat: 4,
    nbformat_minor: 5,
    ...fields,
  });
}

/** Puts JSON text that JavaScript would not write in the place of `"@"`. */
function spliced(text: string, json: string): string {
  return text.replaceAll('"@"', () => json);
}

const PLAIN = notebook({});
const DEEP = {
  arrays: "[".repeat(10_000) + "]".repeat(10_000),
  objects: `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
};

function deep(json: string): Readonly<Record<string, string>> {
  const shown = { output_type: "display_data", metadata: {} };
  return {
    "the file": json,
    metadata: spliced(notebook({ metadata: { a: "@" } }), json),
    widgets: spliced(notebook({ metadata: { widgets: { "application/x+json": "@" } } }), json),
    cells: spliced(notebook({ cells: "@" }), json),
    "metadata of a cell": spliced(notebook({}, { metadata: { a: "@" } }), json),
    "a source": spliced(notebook({}, { source: "@" }), json),
    "data of an output": spliced(
      notebook({}, { outputs: [{ ...shown, data: { "application/json": "@" } }] }),
      json,
    ),
    "text of an output": spliced(
      notebook({}, { outputs: [{ ...shown, data: { "text/plain": "@" } }] }),
      json,
    ),
  };
}

const refused = (code: string, contents: Readonly<Record<string, string | Uint8Array>>) =>
  Object.entries(contents).map(([name, content]): [string, BrokenNotebook] => [name, { content, code }]);

const named = (prefix: string, contents: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(contents).map(([name, content]) => [`${prefix} ${name}`, content]));

/** Notebooks that are refused, by what they are. */
export const REFUSED: readonly (readonly [name: string, broken: BrokenNotebook])[] = [
  ...refused("NOTEBOOK_NOT_JSON", {
    "an empty file": "",
    "a line break": "\n",
    "a byte order mark alone": "\ufeff",
    zeros: new Uint8Array(4096),
    HTML: "<!DOCTYPE html><html></html>",
    "a notebook cut off": PLAIN.slice(0, -20),
    "two notebooks": PLAIN + PLAIN,
  }),
  ...refused("NOTEBOOK_NOT_TEXT", {
    "a PNG image": Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
    "bytes of no format": Uint8Array.from(
      { length: 4096 },
      (_none, at) => (at * at * 13 + at * 7919 + 200) % 256,
    ),
    "UTF-16": Buffer.from(`\ufeff${PLAIN}`, "utf16le"),
    "UTF-16 without a mark": Buffer.from(PLAIN, "utf16le"),
  }),
  ...refused("NOTEBOOK_NOT_A_NOTEBOOK", {
    "a list": "[]",
    "a number": "1",
    "a text": '"text"',
    null: "null",
    "an empty object": "{}",
    "another object": '{"name":"package","version":"1.0.0"}',
  }),
  ...refused("NOTEBOOK_VERSION_UNSUPPORTED", {
    "nbformat 5": notebook({ nbformat: 5 }),
    "nbformat 0": notebook({ nbformat: 0 }),
    "nbformat four": notebook({ nbformat: "four" }),
    "nbformat null": notebook({ nbformat: null }),
    "nbformat 4.5": notebook({ nbformat: 4.5 }),
    "nbformat of 10 MB of text": notebook({ nbformat: LONG }),
    "nbformat of a million digits": spliced(notebook({ nbformat: "@" }), "9".repeat(1_000_000)),
    "nbformat beyond all numbers": spliced(notebook({ nbformat: "@" }), "1e400"),
  }),
  ...refused("NOTEBOOK_INVALID", {
    "cells that are an object": notebook({ cells: {} }),
    "a cell that is null": notebook({ cells: [null] }),
  }),
  ...refused("NOTEBOOK_TOO_COMPLEX", {
    ...named("arrays 10,000 deep in", deep(DEEP.arrays)),
    ...named("objects 10,000 deep in", deep(DEEP.objects)),
    "a million brackets": "[".repeat(1_000_000),
  }),
];

const surrogate = (text: string): string => text.replaceAll("@", "\\ud800");

/** Notebooks that are odd and are read, by what they are. */
export const ODD: readonly (readonly [name: string, odd: BrokenNotebook])[] = Object.entries({
  "a byte order mark in front": `\ufeff${PLAIN}`,
  "two cells of one id": notebook({ cells: [0, 1].map(() => ({ ...CODE_CELL, metadata: {}, outputs: [] })) }),
  "lone surrogates": surrogate(
    notebook({}, { source: "x = '''@'''", id: "@", metadata: { tags: ["@"], "@": "@" }, attachments: "@" }),
  ),
  "NUL characters": notebook({}, { id: "\0", metadata: { tags: ["\0"], "\0": "\0" } }),
  "an id of 10 MB": notebook({}, { id: LONG }),
  "a tag of 10 MB": notebook({}, { metadata: { tags: [LONG] } }),
  "a key of 10 MB in metadata": notebook({}, { metadata: { [LONG]: 1 } }),
  "a field of 10 MB": notebook({ [LONG]: 1 }, { [LONG]: 1 }),
  "a type of 10 MB": notebook({}, { cell_type: LONG, outputs: [{ output_type: LONG }] }),
  "a type of output of 10 MB": notebook({}, { outputs: [{ output_type: LONG }] }),
  "keys of prototypes": spliced(
    notebook({}, { id: "__proto__", metadata: "@" }),
    '{"__proto__":{"a":1},"constructor":{"prototype":1},"tags":["__proto__","parameters"]}',
  ),
  "a language of prototypes": notebook({
    metadata: {
      kernelspec: { ...KERNELSPEC, language: "__proto__" },
      language_info: { name: "constructor" },
    },
  }),
  "nbformat 4.99": notebook({ nbformat_minor: 99 }),
  "an infinite number": spliced(notebook({ metadata: { a: "@", kernelspec: KERNELSPEC } }), "1e999"),
}).map(([name, content]) => [name, { content }]);
