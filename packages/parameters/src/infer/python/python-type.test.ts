import type { JsonObject } from "@notemill/json";
import { describe, expect, it } from "vitest";

import { tokenizePython } from "./python-tokens.ts";
import { pythonTypeSchema } from "./python-type.ts";

const int = { type: "integer" };

describe("pythonTypeSchema", () => {
  it.each<[string, JsonObject]>([
    ["int", int],
    ["float", { type: "number" }],
    ["str", { type: "string" }],
    ["bool", { type: "boolean" }],
    ["None", { type: "null" }],
    ["list", { type: "array" }],
    ["List[int]", { items: int, type: "array" }],
    ["typing.Sequence[int]", { items: int, type: "array" }],
    ["tuple[int, ...]", { items: int, type: "array" }],
    ["tuple[int, str]", { items: { type: ["integer", "string"] }, type: "array" }],
    ["dict[str, int]", { additionalProperties: int, type: "object" }],
    ["Dict[str, Any]", { type: "object" }],
    ["Optional[int]", { type: ["integer", "null"] }],
    ["int | None", { type: ["integer", "null"] }],
    ["Union[int, str, None]", { type: ["integer", "string", "null"] }],
    ["Optional[List[int]]", { anyOf: [{ items: int, type: "array" }, { type: "null" }] }],
    ["int | int", int],
    ["Literal['a', 1, True, None, -2]", { enum: ["a", 1, true, null, -2] }],
    ["Literal['a'] | Literal['b']", { enum: ["a", "b"] }],
    ["Optional[Literal['a']]", { enum: ["a", null] }],
    ["'int | None'", { type: ["integer", "null"] }],
    ["List['int']", { items: int, type: "array" }],
    ["Annotated[int, Field(gt=0)]", {}],
    ["Annotated[int, 'note']", int],
    ["Final[int]", int],
    ["datetime.date", {}],
    ["int | date", {}],
    ["Callable[[int], str]", {}],
    ["int if x else str", {}],
    ["", {}],
    ["[".repeat(500), {}],
  ])("knows %s", (type, expected) => {
    expect(pythonTypeSchema(tokenizePython(type))).toEqual(expected);
  });
});
