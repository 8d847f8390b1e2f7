import fc from "fast-check";

interface PlainObject {
  [key: string]: Plain;
}

/** A JSON value as `JSON.parse` gives it. */
export type Plain = null | boolean | number | string | Plain[] | PlainObject;

/** One value of each type, for keys that are added. */
const SAMPLES: readonly Plain[] = [null, true, 1, "a", ["a"], { a: "b" }];

const TEXTS = [
  "",
  "a,b",
  "a\n",
  "auto",
  "stream",
  "code",
  "raw",
  "\u2028",
  "ä",
  "x".repeat(64),
  "x".repeat(65),
];
const NUMBERS = [0, -1, 1.5, 4, 5];
const LISTS = [[], ["a", "a"], ["a", 1], [""], [[]], [{}]];
const OBJECTS = [{}, { "a\nb": 1 }, { "text/plain": [1] }, { name: "n", display_name: "d" }, { name: 1 }];

/** What a mutation may put in: wrong types, and values at the edge of what the format allows. */
const REPLACEMENTS: readonly Plain[] = [...SAMPLES, ...TEXTS, ...NUMBERS, ...LISTS, ...OBJECTS];

const FIELDS =
  "x id name tags attachments outputs execution_count text data jupyter execution collapsed scrolled format " +
  "kernelspec language_info title authors orig_nbformat mimetype source metadata constructor";
const MIME_TYPES = ["application/json", "application/x+json", "application/x\n+json", "text/json", "a\nb"];

/** Keys that mean something to the format somewhere, or nearly. */
const KEYS: readonly string[] = [...FIELDS.split(" "), ...MIME_TYPES];

/** A change to some place of a JSON value. */
export interface Mutation {
  readonly place: number;
  readonly kind: "replace" | "remove" | "add";
  readonly key: string;
  readonly value: Plain;
}

/** Any mutation. */
export const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(),
  kind: fc.constantFrom("replace" as const, "remove" as const, "add" as const),
  key: fc.constantFrom(...KEYS),
  value: fc.constantFrom(...REPLACEMENTS),
});

/** Applies a mutation to a copy of a value. */
export function mutate(value: Plain, { place, kind, key, value: replaced }: Mutation): Plain {
  const root = { value: JSON.parse(JSON.stringify(value)) as Plain };
  const places = placesIn(root);
  const [parent, step] = places[place % places.length] ?? [root, "value"];
  const slot = parent as PlainObject;
  const target = slot[step];
  if (kind === "add" && Array.isArray(target)) target.push(replaced);
  else if (kind === "add" && isObject(target)) target[key] = replaced;
  else if (kind === "remove" && step !== "value") {
    if (Array.isArray(parent)) parent.splice(Number(step), 1);
    else delete slot[step];
  } else slot[step] = replaced;
  return root.value;
}

/** Mutations of a value that put one value of each type in every place, and leave every place out. */
export function* everyReplacement(value: Plain, values = SAMPLES): Generator<Mutation> {
  for (const place of placesIn({ value }).keys()) {
    yield { place, kind: "remove", key: "", value: null };
    for (const replaced of values) yield { place, kind: "replace", key: "", value: replaced };
  }
}

/** Every mutation of a value that changes one place, with the values and keys above. */
export function* everyMutation(value: Plain): Generator<Mutation> {
  yield* everyReplacement(value, REPLACEMENTS);
  for (const [place, [parent, step]] of placesIn({ value }).entries()) {
    for (const key of isObject((parent as PlainObject)[step]) ? KEYS : []) {
      for (const added of SAMPLES) yield { place, kind: "add", key, value: added };
    }
  }
}

function isObject(value: Plain | undefined): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every value inside another, as its container and its key. */
function placesIn(root: Plain): [Plain, string][] {
  if (typeof root !== "object" || root === null) return [];
  return Object.entries(root).flatMap(([key, child]) => [[root, key] as [Plain, string], ...placesIn(child)]);
}
