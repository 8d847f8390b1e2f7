import type { Notebook } from "@notemill/nbformat";

import type { ParameterMap, ParameterValue } from "../parameter-map.ts";
import { ParametersError } from "../parameters-error.ts";
import { findTaggedCell } from "../tagged-cell.ts";
import { toValueNode, unsupported } from "../values/value-node.ts";
import type { ValueNode } from "../values/value-node.ts";
import { writeLiteral } from "./dialect.ts";
import type { Dialect, Writing } from "./dialect.ts";
import { findDialect } from "./find-dialect.ts";

/** What to translate, and for which kernel. */
export interface TranslateParametersOptions {
  /** The kernel's name, such as `python3`; it decides when it is known, as for `.net-csharp`. */
  readonly kernelName: string;
  /** The kernel's language, such as `python` or `R`. */
  readonly language: string;
  readonly parameters: ParameterMap;
  /**
   * The notebook that the source is for. TypeScript and JavaScript set a variable again
   * only with the keyword that its parameters cell declares it with; others need no notebook.
   */
  readonly notebook?: Pick<Notebook, "cells">;
  /** Text of the comment above the assignments. Default `Parameters`. */
  readonly comment?: string;
  /** Parameters that are read from this variable of the kernel's environment, as text. Default none. */
  readonly environment?: ReadonlyMap<string, string>;
  /** Spell values byte for byte as papermill does, also where that is invalid or unsafe. Default false. */
  readonly compat?: boolean;
}

/**
 * Writes parameters as source of the kernel's language: a comment, then one assignment each.
 *
 * Values are data: without `compat`, nothing in a value is ever run. A name must be
 * a variable of the language, always.
 *
 * @throws {@link ParametersError} `TRANSLATOR_NOT_FOUND`, `PARAMETER_NAME_INVALID`,
 * `PARAMETER_VALUE_UNSUPPORTED`.
 */
export function translateParameters(options: TranslateParametersOptions): string {
  const dialect = findDialect(options.kernelName, options.language, options.compat ?? false);
  const comment = (options.comment ?? "Parameters").replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  const lines = [dialect.comment(comment)];
  const cell = options.notebook?.cells[findTaggedCell(options.notebook, "parameters")];
  const keywords = cell && dialect.keywords?.(cell.source);
  for (const [name, value] of options.parameters) {
    const source = options.environment?.get(name);
    lines.push(assignment(dialect, name, source === undefined ? { value } : { source }, keywords?.get(name)));
  }
  return `${lines.join("\n")}\n`;
}

function assignment(
  dialect: Dialect,
  name: string,
  given: { readonly value: ParameterValue } | { readonly source: string },
  keyword: string | undefined,
): string {
  const variable = dialect.variable(name);
  if (variable === undefined) {
    throw new ParametersError(
      "PARAMETER_NAME_INVALID",
      `${JSON.stringify(name)} cannot name a parameter here: expected ${dialect.nameRule}`,
      { details: { name } },
    );
  }
  const writing: Writing = {
    keyword,
    write: (node: ValueNode) =>
      "source" in given ? dialect.environment(given.source) : writeLiteral(dialect.literals, node, writing),
    refuse: (reason) => {
      throw unsupported(name, reason);
    },
  };
  const value = "source" in given ? "" : given.value;
  return dialect.assign(variable, toValueNode(value, name, dialect.maxDepth), writing);
}
