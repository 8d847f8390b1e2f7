import { readFileSync } from "node:fs";
import { join } from "node:path";

import { encodeJson } from "@notemill/json";
import { describe, expect, it } from "vitest";

import {
  canInferParameters,
  formatPath,
  inferParameters,
  parametersFromJson,
  parseGridAxis,
  parseParameterText,
  parseParameterYaml,
  translateParameters,
} from "@notemill/parameters";

import { referencePage } from "./reference-page.ts";
import { runProcess } from "./run-process.ts";

const root = join(import.meta.dirname, "../../..");
const guide = readFileSync(join(root, "docs/guides/parameters.md"), "utf8");
const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");

/** The rows of the table with this head, without the marks of code. */
function tableRows(head: string): string[][] {
  const [, rows = ""] = guide.split(`| ${head} |\n`)[1]?.match(/^\|[-| ]+\|\n((?:\|.*\n)+)/) ?? [];
  return rows
    .trimEnd()
    .split("\n")
    .map((row) =>
      row
        .slice(2, -2)
        .split(/(?<!\\) ?\| ?/)
        .map((cell) => cell.replace(/^`(.*)`$/, "$1").replaceAll("\\|", "|")),
    );
}

const parameters = parametersFromJson({
  alpha: 0.6,
  model: { name: "tree" },
  n: 7,
  region: "north",
  tags: ["a"],
});

describe("the guide", () => {
  it.each(tableRows("Text | Value"))("-p x %s is %s", (text, value) => {
    expect(encodeJson(parseParameterText(text ?? ""))).toBe(value);
  });

  it.each(tableRows("YAML | Value"))("YAML %s is %s", (text, value) => {
    expect(encodeJson(parseParameterYaml(`x: ${text}`).get("x") ?? null)).toBe(value);
  });

  it.each(tableRows("Template | Path"))("the path %s becomes %s", (template, path) => {
    const builtIns = { now: new Date("2026-11-23T08:00:00Z"), runUuid: "8d7e" };
    expect(formatPath(template ?? "", parameters, builtIns)).toBe(path);
  });

  it.each(tableRows("Grid | Values"))("--grid %s is %s", (text, values) => {
    expect(encodeJson(parseGridAxis(text ?? "").values)).toBe(values);
  });

  it.each(tableRows("In the parameters cell | Type | Default | Help"))(
    "%s is of the type %s",
    (source, ...expected) => {
      const cell = {
        cell_type: "raw",
        id: "a",
        metadata: { tags: ["parameters"] },
        source: source ?? "",
      } as const;
      const [found] = inferParameters({ cells: [cell] }, { language: "python" });
      expect([found?.typeName, found?.default, found?.help]).toEqual(expected);
    },
  );

  it.each(tableRows("Language | Kernel or language name | Assignment | Declared in the parameters cell"))(
    "%s is known as %s",
    (_title, language = "", assignment, declared) => {
      const source = translateParameters({
        kernelName: "k",
        language,
        parameters: parametersFromJson({ x: 1 }),
      });
      expect(source.split("\n")[1]).toBe(assignment);
      expect(canInferParameters({ language }) ? "read" : "not read").toBe(declared);
    },
  );
});

describe("the README", () => {
  const snippets = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);

  it.each(snippets.map((code) => [code.split("\n")[0], code]))("%s prints what it says", (_title, code) => {
    const expected = [...code.matchAll(/^console\.log\(.*\); \/\/ (.*)$/gm)].map(([, output]) => output);
    const printed = runProcess(
      process.execPath,
      ["--conditions=@notemill/source", "--input-type=module-typescript", "-"],
      code,
    );
    expect(expected.length).toBeGreaterThan(0);
    expect(printed.trimEnd().split("\n")).toEqual(expected);
  });
});

it("docs/reference/parameters.md is what the code says (vitest -u writes it anew)", async () => {
  await expect(referencePage()).toMatchFileSnapshot(join(root, "docs/reference/parameters.md"));
});
