/** The name that a cursor stands at the end of. */
export interface WordAt {
  /** What stands before the last point of a compound name, without quotes. */
  readonly qualifier: string | undefined;
  /** The name up to the cursor, without quotes. */
  readonly name: string;
  /** Where the name begins and where the cursor is, in code points. */
  readonly start: number;
  readonly end: number;
  /** Whether the name is the argument of `getvariable('…`. */
  readonly isVariable: boolean;
}

const WORD = /(?:("[^"]*"|[\p{L}_][\p{L}\p{N}_]*)\.)?"?([\p{L}_][\p{L}\p{N}_]*)?$/u;
const LONGEST = 1_000;

/** Finds the name that is being written at a cursor. `cursor` counts code points; default: the end. */
export function wordAt(code: string, cursor?: number): WordAt {
  const points = [...code];
  const end = Math.min(Math.max(cursor ?? points.length, 0), points.length);
  const before = points.slice(Math.max(0, end - LONGEST), end).join("");
  const found = WORD.exec(before);
  const name = found?.[2] ?? "";
  return {
    qualifier: found?.[1]?.replaceAll('"', ""),
    name,
    start: end - [...name].length,
    end,
    isVariable: /getvariable\s*\(\s*'[^']*$/i.test(before),
  };
}
