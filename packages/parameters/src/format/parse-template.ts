/** A piece of a template: text as it is, or a field to fill in. */
export type TemplatePart = string | TemplateField;

/** `{name.attribute[key]!conversion:spec}`. */
export interface TemplateField {
  readonly name: string;
  readonly steps: readonly FieldStep[];
  readonly conversion: string | undefined;
  /** May hold fields of its own, one level deep. */
  readonly spec: readonly TemplatePart[];
}

/** One access behind the name of a field. */
export interface FieldStep {
  readonly kind: "attribute" | "key";
  readonly text: string;
}

/** Says what is wrong with a template; becomes an error with the whole template in it. */
export type Fail = (problem: string) => never;

/**
 * Splits a template as Python's `str.format` does.
 *
 * Source of the grammar: https://docs.python.org/3/library/string.html#format-string-syntax
 */
export function parseTemplate(template: string, fail: Fail, depth = 0): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = "";
  for (let at = 0; at < template.length; at++) {
    const char = template.charAt(at);
    if (char !== "{" && char !== "}") text += char;
    else if (depth === 0 && template[at + 1] === char) {
      text += char;
      at += 1;
    } else if (char === "}") return fail('there is a "}" without its "{"');
    else {
      const end = findEnd(template, at, fail);
      parts.push(text, parseField(template.slice(at + 1, end), fail, depth));
      text = "";
      at = end;
    }
  }
  parts.push(text);
  return parts.filter((part) => part !== "");
}

/** Index of the brace that closes the one at `start`; a brace inside `[…]` is part of a key. */
function findEnd(template: string, start: number, fail: Fail): number {
  let open = 0;
  let inKey = false;
  for (let at = start; at < template.length; at++) {
    const char = template[at];
    if (inKey) inKey = char !== "]";
    else if (char === "[") inKey = open === 1 && !/[:!]/.test(template.slice(start, at));
    else if (char === "{") open += 1;
    else if (char === "}" && --open === 0) return at;
  }
  return fail('there is a "{" without its "}"');
}

function parseField(field: string, fail: Fail, depth: number): TemplateField {
  if (depth > 1) return fail("fields are nested more than two deep");
  const target = /^(?:[^[:!]|\[[^\]]*\]?)*/.exec(field)?.[0] ?? "";
  const rest = field.slice(target.length);
  const [, conversion, spec = ""] =
    /^(?:!(.?))?(?::([\s\S]*))?$/s.exec(rest) ?? fail(`"!" in "${field}" needs one letter`);
  if (conversion === "") return fail(`"!" in "${field}" needs one letter`);
  return { ...parseTarget(target, fail), conversion, spec: parseTemplate(spec, fail, depth + 1) };
}

function parseTarget(target: string, fail: Fail): { name: string; steps: readonly FieldStep[] } {
  const name = /^[^.[]*/.exec(target)?.[0] ?? "";
  if (/[{}]/.test(name)) return fail('a field name cannot hold "{"');
  const steps: FieldStep[] = [];
  let rest = target.slice(name.length);
  while (rest !== "") {
    const [whole, attribute, key] =
      /^(?:\.([^.[]*)|\[([^\]]*)\])/.exec(rest) ?? fail(`expected "." or "[…]" at "${rest}"`);
    const text = attribute ?? key ?? "";
    if (text === "") return fail(`an attribute or key is empty in "${target}"`);
    steps.push({ kind: attribute === undefined ? "key" : "attribute", text });
    rest = rest.slice(whole.length);
  }
  return { name, steps };
}
