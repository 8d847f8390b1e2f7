/** Reads the text of a value that is not null. */
export type ParseValue = (text: string) => unknown;

/**
 * How values of a type are read, by the number that Postgres gives it: numbers, times as `Date`, truth, JSON
 * and lists of these. Everything else is text, as it is.
 */
export function parserOf(type: number): ParseValue {
  return PARSERS.get(type) ?? asText;
}

const asText: ParseValue = (text) => text;
const asNumber: ParseValue = Number;
const asTime: ParseValue = (text) => new Date(text);
const asTruth: ParseValue = (text) => text === "t";
const asJson: ParseValue = (text) => JSON.parse(text) as unknown;

/** A number where it is exact. */
const asLarge: ParseValue = (text) => {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
};

/** The numbers of a type, of the lists of it, and how it is read. */
const TYPES: readonly (readonly [type: number, list: number, parse: ParseValue])[] = [
  [16, 1000, asTruth],
  [20, 1016, asLarge],
  [21, 1005, asNumber],
  [23, 1007, asNumber],
  [25, 1009, asText],
  [26, 1028, asNumber],
  [114, 199, asJson],
  [700, 1021, asNumber],
  [701, 1022, asNumber],
  [1043, 1015, asText],
  [1082, 1182, asTime],
  [1114, 1115, asTime],
  [1184, 1185, asTime],
  [2950, 2951, asText],
  [3802, 3807, asJson],
];

const PARSERS: ReadonlyMap<number, ParseValue> = new Map(
  TYPES.flatMap(([type, list, parse]): [number, ParseValue][] => [
    [type, parse],
    [list, (text) => readList(text, parse)],
  ]),
);

/** An element within quotes, in which `\` keeps what follows as it is; or one without. */
const ELEMENT = /"((?:[^"\\]|\\.)*)"|([^{},]+)/gsu;

/** Reads a list of one dimension. */
function readList(text: string, parse: ParseValue): readonly unknown[] {
  const elements: unknown[] = [];
  for (const [, quoted, bare = ""] of text.matchAll(ELEMENT)) {
    if (quoted !== undefined) elements.push(parse(quoted.replaceAll(/\\(.)/gsu, "$1")));
    else elements.push(bare === "NULL" ? null : parse(bare));
  }
  return elements;
}
