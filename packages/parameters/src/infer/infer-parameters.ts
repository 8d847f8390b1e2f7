import { JsonNumber } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import type { Notebook } from "@notemill/nbformat";

import type { ParameterValue } from "../parameter-map.ts";
import { findTaggedCell } from "../tagged-cell.ts";
import { findDialectName } from "../translate/find-dialect.ts";
import type { DialectName } from "../translate/find-dialect.ts";
import type { Declaration, DeclarationReader } from "./declaration.ts";
import type { InferredParameter } from "./inferred-parameter.ts";
import { readBash } from "./bash/read-bash.ts";
import { readJavaScript } from "./javascript/read-javascript.ts";
import { readPython } from "./python/read-python.ts";
import { readR } from "./r/read-r.ts";
import { readScala } from "./scala/read-scala.ts";
import { readSql } from "./sql/read-sql.ts";

/** Which language the parameters cell is in. */
export interface InferParametersOptions {
  readonly language: string;
  /** Decides before `language` where it names a language, such as `pysparkkernel`. */
  readonly kernelName?: string;
}

/** Readers by language; one that is missing cannot be read. */
const READERS: Readonly<Partial<Record<DialectName, DeclarationReader>>> = {
  bash: readBash,
  javascript: readJavaScript,
  python: readPython,
  r: readR,
  scala: readScala,
  sql: readSql,
  typescript: readJavaScript,
};
/** A longer source is no parameters cell. */
const MAX_LENGTH = 200_000;

/** Tells whether the parameters of a notebook in this language can be inferred. */
export function canInferParameters(options: InferParametersOptions): boolean {
  return findReader(options) !== undefined;
}

/**
 * Reads the parameters out of the first cell tagged `parameters`.
 *
 * Nothing is run. A parameter that is set twice appears once, at its first place
 * with its last default. Gives none for a language that cannot be read and for a
 * notebook without such a cell.
 */
export function inferParameters(
  notebook: Pick<Notebook, "cells">,
  options: InferParametersOptions,
): readonly InferredParameter[] {
  const cell = notebook.cells[findTaggedCell(notebook, "parameters")];
  const read = findReader(options);
  if (!cell || !read || cell.source.length > MAX_LENGTH) return [];
  const declared = new Map(read(cell.source).map((declaration) => [declaration.name, declaration]));
  return [...declared.values()].map(toParameter);
}

function findReader({ kernelName = "", language }: InferParametersOptions): DeclarationReader | undefined {
  const name = findDialectName(kernelName, language);
  return name && READERS[name];
}

function toParameter(declaration: Declaration): InferredParameter {
  const { defaultText, help, name, typeSchema, typeText, value } = declaration;
  const type = typeSchema ?? (value === undefined ? {} : schemaOfValue(value));
  const schema: JsonObject = {
    title: name,
    ...type,
    ...(help === "" ? {} : { description: help }),
    ...(value === undefined ? {} : { default: value }),
  };
  return {
    default: defaultText ?? "",
    help,
    name,
    required: defaultText === undefined,
    schema,
    typeName: typeText ?? "None",
    typed: typeText !== undefined,
    ...(value === undefined ? {} : { value }),
  };
}

/** The type that a default suggests; `null` suggests none. */
function schemaOfValue(value: ParameterValue): JsonObject {
  if (value === null) return {};
  if (typeof value === "boolean") return { type: "boolean" };
  if (typeof value === "string") return { type: "string" };
  if (value instanceof JsonNumber) return { type: value.isInteger ? "integer" : "number" };
  if (typeof value === "number") return { type: Number.isSafeInteger(value) ? "integer" : "number" };
  return { type: Array.isArray(value) ? "array" : "object" };
}
