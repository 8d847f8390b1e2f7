import { encodeJson, isJsonObject, JsonNumber, type JsonValue, parseJson, RawJson } from "@notemill/json";
import { type KnownSecret, secretForms } from "./secret-forms.ts";

/** Takes secrets out of what is to be seen. */
export interface Redactor {
  readonly text: (text: string) => string;
  /** How many characters at the end of a text may be the beginning of a secret. */
  readonly heldBack: (text: string) => number;
  /** Every text of a value, keys too. A number that holds a secret becomes text. */
  readonly value: <Value extends JsonValue>(value: Value) => Value;
  /** Whether bytes hold a secret. They may come in pieces; each is looked at together with what was before it. */
  readonly finder: () => (part: Uint8Array) => boolean;
}

/** Makes the redactor of some secrets. Each is replaced by `[secret NAME]`. */
export function createRedactor(secrets: readonly KnownSecret[]): Redactor {
  const forms = secrets
    .flatMap(({ name, text }) => secretForms(text).map((form) => ({ form, shown: `[secret ${name}]` })))
    .sort((a, b) => b.form.length - a.form.length);
  const shownBy = new Map(forms.map(({ form, shown }) => [form, shown]));
  const pattern = forms.length === 0 ? null : new RegExp([...shownBy.keys()].map(escaped).join("|"), "g");
  const longest = Math.max(0, ...forms.map(({ form }) => form.length));

  const text = (given: string): string =>
    pattern === null ? given : given.replaceAll(pattern, (form) => shownBy.get(form) ?? "[secret]");

  function heldBack(given: string): number {
    for (let length = Math.min(longest - 1, given.length); length > 0; length -= 1) {
      const end = given.slice(given.length - length);
      if (forms.some(({ form }) => form.length > length && form.startsWith(end))) return length;
    }
    return 0;
  }

  function value(given: JsonValue): JsonValue {
    if (pattern === null || given === null || typeof given === "boolean") return given;
    if (typeof given === "string") return text(given);
    if (typeof given === "number" || given instanceof JsonNumber) {
      const written = encodeJson(given);
      const seen = text(written);
      return seen === written ? given : seen;
    }
    if (given instanceof RawJson) return rawValue(given);
    if (isJsonObject(given))
      return Object.fromEntries(Object.entries(given).map(([key, it]) => [text(key), value(it)]));
    return given.map(value);
  }

  function rawValue(raw: RawJson): RawJson {
    // What has none of the forms as text has none in it either: they are those of JSON too.
    if (text(raw.text) === raw.text) return raw;
    return new RawJson(encodeJson(value(parseJson(raw.text))));
  }

  function finder(): (part: Uint8Array) => boolean {
    if (forms.length === 0) return () => false;
    const wanted = forms.map(({ form }) => Buffer.from(form));
    const most = Math.max(0, ...wanted.map((form) => form.byteLength));
    let tail = Buffer.alloc(0);
    return (part) => {
      const looked = Buffer.concat([tail, part]);
      tail = looked.subarray(Math.max(0, looked.byteLength - most + 1));
      return wanted.some((form) => looked.includes(form));
    };
  }

  return { text, heldBack, value: value as Redactor["value"], finder };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$*+?.()|[\]{}/-]/g, "\\$&");
}
