import type { SweepTable } from "./sweep-table.ts";

/** What the runs of a sweep were given. A plain value. */
export interface SweepValues {
  /** Parameters of which the runs have different values, each with those in their order. */
  readonly varied: readonly (readonly [name: string, values: readonly string[]])[];
  /** Parameters that are the same in every run. */
  readonly shared: readonly (readonly [name: string, value: string])[];
}

/** What stands for a parameter that some of the runs were not given. */
const NOT_GIVEN = "the default";

/** Says what a sweep varies, and what its runs share. */
export function sweepValues({ rows, varied }: Pick<SweepTable, "rows" | "varied">): SweepValues {
  const isVaried = new Set(varied);
  return {
    varied: varied.map((name) => [
      name,
      [...new Set(rows.map(({ parameters }) => parameters.get(name) ?? NOT_GIVEN))],
    ]),
    shared: [...(rows[0]?.parameters ?? [])].filter(([name]) => !isVaried.has(name)),
  };
}

/** So many values are all shown. */
const MOST = 12;

/** Values on a line, as `0.2, 0.4, 0.6`; of many the first and the last, and how many there are. */
export function valuesText(values: readonly string[]): string {
  if (values.length <= MOST) return values.join(", ");
  return `${values.slice(0, MOST / 2).join(", ")}, … ${values.at(-1) ?? ""} (${values.length} values)`;
}
