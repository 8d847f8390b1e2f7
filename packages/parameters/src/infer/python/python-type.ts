import type { JsonObject, JsonValue } from "@notemill/json";

import { anyOf, nullable } from "../../schema/schema-parts.ts";
import { MAX_DEPTH, readList, readTokens } from "../token-reader.ts";
import type { TokenReader } from "../token-reader.ts";
import type { Token } from "../tokens.ts";
import { readPythonLiteral } from "./python-literal.ts";
import { readPythonString } from "./python-string.ts";
import { tokenizePython } from "./python-tokens.ts";

const SIMPLE: Readonly<Record<string, JsonObject>> = {
  None: { type: "null" },
  NoneType: { type: "null" },
  bool: { type: "boolean" },
  float: { type: "number" },
  int: { type: "integer" },
  str: { type: "string" },
};
const ARRAYS = new Set(
  "list List tuple Tuple set Set frozenset FrozenSet Sequence MutableSequence Iterable Collection".split(" "),
);
const OBJECTS = new Set("dict Dict Mapping MutableMapping OrderedDict defaultdict DefaultDict".split(" "));
const WRAPPERS = new Set(["Annotated", "ClassVar", "Final"]);

/** JSON Schema of a type annotation; `{}` where the type, such as `datetime.date`, says nothing about JSON. */
export function pythonTypeSchema(tokens: readonly Token[]): JsonObject {
  const reader = readTokens(tokens);
  const schema = readType(reader, 0);
  return schema && !reader.peek() ? schema : {};
}

function readType(reader: TokenReader, depth: number): JsonObject | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const options: JsonObject[] = [];
  do {
    const option = readOption(reader, depth);
    if (!option) return undefined;
    options.push(option);
  } while (reader.takes("|"));
  return anyOf(options);
}

function readOption(reader: TokenReader, depth: number): JsonObject | undefined {
  const token = reader.next();
  if (!token) return undefined;
  if (token.kind === "string") return pythonTypeSchema(tokenizePython(readPythonString(token.text) ?? ""));
  if (token.text === "...") return {};
  if (token.kind === "op" && token.text === "[")
    return readList(reader, "]", () => readType(reader, depth + 1)) && {};
  if (token.kind !== "name") return undefined;

  let name = token.text;
  while (reader.takes(".")) name = reader.next()?.text ?? "";
  if (name === "Literal" && reader.takes("[")) return readLiteralType(reader);
  if (!reader.takes("[")) return namedType(name, []);
  const parts = readList(reader, "]", () => readType(reader, depth + 1));
  return parts && namedType(name, parts);
}

function namedType(name: string, parts: readonly JsonObject[]): JsonObject {
  if (Object.hasOwn(SIMPLE, name)) return SIMPLE[name] ?? {};
  if (ARRAYS.has(name)) return { type: "array", ...part("items", itemType(name, parts)) };
  if (OBJECTS.has(name)) return { type: "object", ...part("additionalProperties", parts[1]) };
  if (name === "Optional" && parts[0]) return nullable(parts[0]);
  if (name === "Union") return anyOf(parts);
  return WRAPPERS.has(name) ? (parts[0] ?? {}) : {};
}

/** `tuple[int, str]` has a type for each place, which a list of one item type cannot say. */
function itemType(name: string, parts: readonly JsonObject[]): JsonObject | undefined {
  if (!/^tuple$/i.test(name)) return parts[0];
  const distinct = parts.filter((type) => Object.keys(type).length > 0);
  return anyOf(distinct);
}

function part(key: string, schema: JsonObject | undefined): JsonObject {
  return schema && Object.keys(schema).length > 0 ? { [key]: schema } : {};
}

function readLiteralType(reader: TokenReader): JsonObject | undefined {
  const options = readList<readonly [JsonValue]>(reader, "]", () => {
    const tokens: Token[] = [];
    while (reader.peek() && !/^[,\]]$/.test(reader.peek()?.text ?? ""))
      tokens.push(...[reader.next()].filter((it) => it !== undefined));
    const value = readPythonLiteral(tokens);
    return value === undefined ? undefined : [value];
  });
  return options && { enum: options.map(([value]) => value) };
}
