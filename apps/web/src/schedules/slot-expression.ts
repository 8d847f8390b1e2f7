import {
  encodeJson,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  type RawJson,
} from "@notemill/json";

/** Reads what is written into a field of a schedule as `${trigger.slot.date()}`; undefined for anything else. */
export function readSlotExpression(text: string): JsonObject | undefined {
  const cel = /^\s*\$\{([^]*)\}\s*$/.exec(text)?.[1];
  return cel === undefined ? undefined : { cel };
}

/** Writes a value as {@link readSlotExpression} reads it; undefined for one that is no expression. */
export function writeSlotExpression(value: JsonValue): string | undefined {
  if (!isJsonObject(value) || Object.keys(value).length !== 1) return undefined;
  const { cel } = value;
  return typeof cel === "string" ? `\${${cel}}` : undefined;
}

/** The parameters that follow the slot, by name, with what they are for one slot, as JSON. */
export function slotValues(
  asked: RawJson | undefined,
  resolved: RawJson,
): readonly (readonly [name: string, text: string])[] {
  const before = parseJson(asked?.text ?? "{}");
  const now = parseJson(resolved.text);
  if (!isJsonObject(before) || !isJsonObject(now)) return [];
  return Object.entries(before)
    .filter(([, value]) => isJsonObject(value) && typeof value["cel"] === "string")
    .map(([name]) => [name, encodeJson(now[name] ?? null)]);
}
