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

  // One by one, as a secret may be long and have many forms: no expression takes them all.
  const text = (given: string): string =>
    forms.reduce(
      (seen, { form, shown }) => (seen.includes(form) ? seen.replaceAll(form, shown) : seen),
      given,
    );

  const heldBack = (given: string): number =>
    Math.max(0, ...forms.map(({ form }) => beginningAtEnd(given, form)));

  function value(given: JsonValue): JsonValue {
    if (forms.length === 0 || given === null || typeof given === "boolean") return given;
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

/** How long the beginning of `form` is that `text` ends with, the whole of it aside. */
function beginningAtEnd(text: string, form: string): number {
  const first = form.charAt(0);
  let at = text.indexOf(first, Math.max(0, text.length - form.length + 1));
  for (; at >= 0; at = text.indexOf(first, at + 1))
    if (form.startsWith(text.slice(at))) return text.length - at;
  return 0;
}
