/**
 * JSON that survives a round trip.
 *
 * `JSON.parse` turns `1.0` into `1`, rounds 64-bit integers and refuses `NaN`;
 * notebooks hold all three. {@link parseJson} keeps a number that JavaScript
 * would change as a {@link JsonNumber}, {@link RawJson} holds a whole value as
 * text, and {@link encodeJson} writes what Python's `json.dumps` would write.
 */
export { encodeJsonNumber, encodeJsonString } from "./encode-json-scalar.ts";
export { encodeJson } from "./encode-json.ts";
export type { EncodeJsonOptions } from "./encode-style.ts";
export { JsonError } from "./json-error.ts";
export type { JsonErrorCode } from "./json-error.ts";
export { JsonNumber } from "./json-number.ts";
export { isDeeperThan } from "./is-deeper-than.ts";
export { isJsonObject } from "./json-value.ts";
export type { JsonObject, JsonValue } from "./json-value.ts";
export type { JsonLimits } from "./json-cursor.ts";
export { parseJson, parseJsonInSteps } from "./parse-json.ts";
export type { ParseJsonOptions, PickByPath } from "./parse-json.ts";
export { detachString } from "./read-json-string.ts";
export { scanJson, scanJsonMembers } from "./scan-json.ts";
export type { JsonMember } from "./scan-json.ts";
export { compareCodePoints } from "./compare-code-points.ts";
export { pythonFloatRepr } from "./python-float-repr.ts";
export { RawJson } from "./raw-json.ts";
export { storableValue } from "./storable-value.ts";
