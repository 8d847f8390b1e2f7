import type { JsonObject } from "@notemill/json";

const NAMES: readonly (readonly [JsonObject, string])[] = [
  [
    { type: "integer" },
    "int integer bigint smallint tinyint hugeint int2 int4 int8 long short byte biginteger",
  ],
  [{ type: "number" }, "number numeric double float real decimal float4 float8 bigdecimal"],
  [{ type: "string" }, "str string character char varchar nvarchar nchar text"],
  [{ type: "boolean" }, "bool boolean logical bit"],
  [{ type: "array" }, "list array vector"],
  [{ type: "object" }, "dict map object json"],
];

/**
 * JSON Schema of a type by its name, in the words of several languages; `{}` for
 * any other. Case and a size such as `(10, 2)` do not count.
 */
export function simpleTypeSchema(typeText: string): JsonObject {
  const name = typeText.toLowerCase().replace(/\s*\(.*$/s, "");
  return NAMES.find(([, names]) => names.split(" ").includes(name))?.[0] ?? {};
}
