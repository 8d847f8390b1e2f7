import { JsonNumber } from "@notemill/json";
import type { JsonValue } from "@notemill/json";

import { parametersFromJson, translateParameters } from "@notemill/parameters";

import { PAPERMILL_DIFFERENCES } from "./papermill-differences.ts";
import type { PapermillDifference } from "./papermill-differences.ts";

/** Kinds of value, as the page shows them. */
const KINDS: readonly (readonly [title: string, value: JsonValue])[] = [
  ["null", null],
  ["true", true],
  ["7", 7],
  ["3000000000", 3_000_000_000],
  ["1.0", new JsonNumber("1.0")],
  ["NaN", new JsonNumber("NaN")],
  ["Infinity", new JsonNumber("Infinity")],
  ['"it\'s $5"', "it's $5"],
  ["[1, 2]", [1, 2]],
  ['[1, "a"]', [1, "a"]],
  ['{"k": 1}', { k: 1 }],
];

/** The languages in the order of the guide, with what is special about each. */
const LANGUAGES: readonly (readonly [title: string, ...notes: readonly string[]])[] = [
  ["Python"],
  [
    "R",
    "Integers are doubles; one that a double cannot hold is refused.",
    "A decimal of more than 15 digits is written in hexadecimal, which R reads exactly.",
    "Text has no NUL.",
  ],
  [
    "Scala",
    "An integer beyond 64 bits is a `BigInt`.",
    "Text beyond 20,000 characters is written in pieces.",
  ],
  ["Julia", "The parser gives an integer the type that holds it."],
  ["MATLAB", "Integers are doubles; one that a double cannot hold is refused.", "Null is `NaN`."],
  ["C#", "An integer beyond 64 bits is a `BigInteger`.", "Items of several types are `object`."],
  [
    "F#",
    "An integer beyond 64 bits is a `bigint`.",
    "Items of several types are boxed, and numbers widened.",
  ],
  [
    "PowerShell",
    "For PowerShell 7.",
    "Characters beyond ASCII are escaped, since curly quotes count as quotes.",
    "Keys that differ only in case are refused.",
  ],
  [
    "Bash",
    "Text has no NUL.",
    "Control characters are written in `$'…'`, since a kernel may read the cell through a terminal.",
    "Nested values are JSON.",
  ],
  [
    "TypeScript",
    "For Deno and tslab.",
    "The keyword is that of the parameters cell.",
    "An integer that a number cannot hold is a bigint.",
  ],
  [
    "JavaScript",
    "For kernels whose cells share a scope.",
    "A variable that the parameters cell declares with `let` is assigned to without a keyword.",
  ],
  [
    "SQL",
    "For DuckDB.",
    "Floats have an exponent, since a plain decimal is a DECIMAL.",
    "Lists of several types and mappings are JSON.",
    "Integers have up to 128 bits, text has no NUL.",
  ],
];

const INTRODUCTION = `# Parameters in each language

The guide on [parameters](../guides/parameters.md) says where they come from and where they go.
This page shows the source that each kind of value becomes.
It is made from the code, and a test compares it.

## Values by language

A lone surrogate, more than 100 levels of nesting (40 in R) and an integer of more than 4,300 digits are refused everywhere.
`;

const DIFFERENCES = `## Differences from papermill

Where papermill's source is right, ours is the same, byte for byte.
These are the places where it is not; \`compat\` takes its spelling of values back, though never its unchecked names.
The tests run both sides of every row.
What is inferred is shown as name, type, default and help.

| Area | Input | papermill | Notemill | Why |
| --- | --- | --- | --- | --- |
`;

/** The text of docs/reference/parameters.md. */
export function referencePage(): string {
  const rows = PAPERMILL_DIFFERENCES.map(differenceRow);
  return [INTRODUCTION, ...LANGUAGES.map(languageSection), `${DIFFERENCES}${rows.join("\n")}\n`].join("\n");
}

function languageSection([title, ...notes]: (typeof LANGUAGES)[number]): string {
  const rows = KINDS.map(([kind, value]) => {
    const source = translateParameters({
      kernelName: "any",
      language: title,
      parameters: parametersFromJson({ x: value }),
    });
    return `| \`${kind}\` | ${code(source.slice(source.indexOf("\n") + 1, -1))} |`;
  });
  const text = notes.length > 0 ? `${notes.join("\n")}\n\n` : "";
  return `### ${title}\n\n${text}| Value | Source |\n| --- | --- |\n${rows.join("\n")}\n`;
}

function differenceRow({ area, input, ours, papermill, reason }: PapermillDifference): string {
  return `| ${[area, code(input), code(papermill), code(ours), reason].join(" | ")} |`;
}

function code(text: string): string {
  if (text === "") return "nothing";
  const shown = text
    .replaceAll("\n", " ⏎ ")
    .replaceAll("\t", "⇥")
    .replaceAll("\0", "␀")
    .replaceAll("|", "\\|");
  return shown.includes("`") ? `\`\` ${shown} \`\`` : `\`${shown}\``;
}
