import type { JsonObject } from "@notemill/json";

import { anyOf } from "../../schema/schema-parts.ts";
import { MAX_DEPTH, readList, readTokens } from "../token-reader.ts";
import type { TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";
import { readJavaScriptLiteral } from "./javascript-literal.ts";

const SIMPLE: Readonly<Record<string, JsonObject>> = {
  bigint: { type: "integer" },
  boolean: { type: "boolean" },
  null: { type: "null" },
  number: { type: "number" },
  object: { type: "object" },
  string: { type: "string" },
  undefined: { type: "null" },
};

/** JSON Schema of a TypeScript type; `{}` where it says nothing about JSON. */
export function typescriptTypeSchema(tokens: readonly Token[]): JsonObject {
  const reader = readTokens(tokens);
  const schema = readType(reader, 0);
  return schema && !reader.peek() ? schema : {};
}

function readType(reader: TokenReader, depth: number): JsonObject | undefined {
  if (depth > MAX_DEPTH) return undefined;
  reader.takes("|");
  const options: JsonObject[] = [];
  do {
    const option = readOption(reader, depth);
    if (!option) return undefined;
    options.push(option);
  } while (reader.takes("|"));
  return anyOf(options);
}

function readOption(reader: TokenReader, depth: number): JsonObject | undefined {
  reader.takes("readonly");
  let schema = readPrimary(reader, depth);
  while (schema && reader.takes("[")) schema = reader.takes("]") ? arrayOf(schema) : undefined;
  return schema;
}

function readPrimary(reader: TokenReader, depth: number): JsonObject | undefined {
  const token = reader.next();
  if (token?.kind === "string" || token?.kind === "number" || /^(?:true|false|-)$/.test(token?.text ?? "")) {
    return readLiteralType(token, reader);
  }
  if (token?.text === "(") {
    const inner = readType(reader, depth + 1);
    return reader.takes(")") ? inner : undefined;
  }
  if (token?.text === "[") {
    const items = readList(reader, "]", () => readType(reader, depth + 1));
    return items && arrayOf(anyOf(items));
  }
  if (token?.kind !== "name") return undefined;
  const parts = reader.takes("<") ? readList(reader, ">", () => readType(reader, depth + 1)) : [];
  return parts && namedType(token.text, parts);
}

function readLiteralType(token: Token | undefined, reader: TokenReader): JsonObject | undefined {
  const tokens = [token, token?.text === "-" ? reader.next() : undefined].filter((it) => it !== undefined);
  const value = readJavaScriptLiteral(tokens);
  return value === undefined ? undefined : { enum: [value] };
}

function namedType(name: string, parts: readonly JsonObject[]): JsonObject {
  if (Object.hasOwn(SIMPLE, name)) return SIMPLE[name] ?? {};
  if (/^(?:Array|ReadonlyArray|Set|ReadonlySet)$/.test(name)) return arrayOf(parts[0] ?? {});
  if (/^(?:Record|Map|ReadonlyMap)$/.test(name)) {
    const [, values = {}] = parts;
    return { type: "object", ...(Object.keys(values).length > 0 ? { additionalProperties: values } : {}) };
  }
  return {};
}

function arrayOf(items: JsonObject): JsonObject {
  return { type: "array", ...(Object.keys(items).length > 0 ? { items } : {}) };
}
