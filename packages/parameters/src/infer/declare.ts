import type { JsonObject } from "@notemill/json";

import type { ParameterValue } from "../parameter-map.ts";
import type { Declaration } from "./declaration.ts";
import { readTypeComment } from "./type-comment.ts";

/** What a reader found of one variable. */
export interface Finding {
  readonly name: string;
  readonly typeText?: string | undefined;
  readonly defaultText?: string | undefined;
  readonly value?: ParameterValue | undefined;
  /** The comment behind it, which may name a type: `type: T help`. */
  readonly comment: string;
}

/** Makes a declaration; `schemaOf` gives what a type in the text says about values. */
export function declare(finding: Finding, schemaOf: (typeText: string) => JsonObject): Declaration {
  const { help, typeText: commentType } = readTypeComment(finding.comment);
  const typeText = finding.typeText ?? commentType;
  return {
    help,
    name: finding.name,
    ...(typeText === undefined ? {} : { typeSchema: schemaOf(typeText), typeText }),
    ...(finding.defaultText === undefined ? {} : { defaultText: finding.defaultText }),
    ...(finding.value === undefined ? {} : { value: finding.value }),
  };
}
