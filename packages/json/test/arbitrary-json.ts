import { JsonNumber, pythonFloatRepr } from "@notemill/json";
import type { JsonObject, JsonValue } from "@notemill/json";
import fc from "fast-check";

/** Text with everything that Python's `splitlines` and JSON's escapes care about. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        "a",
        "é",
        "😀",
        "\n",
        "\r",
        "\r\n",
        "\v",
        "\f",
        "\x1c",
        "\x1e",
        "\x85",
        "\u2028",
        '"',
        "\\",
        "\t",
      ),
      {
        maxLength: 20,
      },
    )
    .map((parts) => parts.join("")),
);

/** A key of an object, with those that JavaScript treats in its own way. */
export const key: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom("__proto__", "constructor", "toString", "0", "10", "", "\uff01", "😀"),
);

/** A number as Python writes it, so that both sides must give it back unchanged. */
export const pythonNumber: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map((value) => new JsonNumber(String(value))),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => new JsonNumber(pythonFloatRepr(value))),
  fc.constantFrom("NaN", "Infinity", "-Infinity", "-0.0", "1e+16", "1e-05").map((it) => new JsonNumber(it)),
);

/** Any JSON value. */
export const jsonValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.oneof(fc.constant(null), fc.boolean(), pythonNumber, text),
    fc.array(tie("value"), { maxLength: 4 }),
    objectOf(tie("value")),
  ),
})).value;

/** Any JSON object. */
export const jsonObject: fc.Arbitrary<JsonObject> = objectOf(jsonValue);

function objectOf(value: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonObject> {
  // `Object.fromEntries` keeps a `__proto__` key as a key.
  return fc.array(fc.tuple(key, value), { maxLength: 5 }).map((entries) => Object.fromEntries(entries));
}
