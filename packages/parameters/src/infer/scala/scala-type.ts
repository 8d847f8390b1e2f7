import type { JsonObject } from "@notemill/json";

import { nullable } from "../../schema/schema-parts.ts";
import { simpleTypeSchema } from "../simple-type.ts";
import { MAX_DEPTH, readList, readTokens } from "../token-reader.ts";
import type { TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";

const ARRAYS = new Set("Seq List Vector Array Set IndexedSeq Iterable Stream LazyList".split(" "));

/** JSON Schema of a Scala type; `{}` where it says nothing about JSON. */
export function scalaTypeSchema(tokens: readonly Token[]): JsonObject {
  const reader = readTokens(tokens);
  const schema = readType(reader, 0);
  return schema && !reader.peek() ? schema : {};
}

function readType(reader: TokenReader, depth: number): JsonObject | undefined {
  const token = depth > MAX_DEPTH ? undefined : reader.next();
  if (token?.kind !== "name") return undefined;
  let name = token.text;
  while (reader.takes(".")) name = reader.next()?.text ?? "";
  const parts = reader.takes("[") ? readList(reader, "]", () => readType(reader, depth + 1)) : [];
  return parts && namedType(name, parts);
}

function namedType(name: string, parts: readonly JsonObject[]): JsonObject {
  const [first, second] = parts;
  if (name === "Option") return nullable(first ?? {});
  if (ARRAYS.has(name)) return { type: "array", ...part("items", first) };
  if (name === "Map") return { type: "object", ...part("additionalProperties", second) };
  return simpleTypeSchema(name);
}

function part(key: string, schema: JsonObject | undefined): JsonObject {
  return schema && Object.keys(schema).length > 0 ? { [key]: schema } : {};
}
