import type { SqlValue } from "./driver.ts";

/** A condition that always holds, or one with a `?` and its value. */
type Condition = string | readonly [condition: string, value: SqlValue | undefined];

/**
 * The conditions whose values are given, as `where …`, or nothing where there is none. Each `?` becomes the
 * number of its value, which is added to `values`. A condition that is not there finds no index for those that are.
 */
export function whereOf(values: SqlValue[], conditions: readonly Condition[]): string {
  const wanted = conditions.flatMap((it) => {
    if (typeof it === "string") return [it];
    const [condition, value] = it;
    return value === undefined ? [] : [condition.replace("?", `$${values.push(value)}`)];
  });
  return wanted.length === 0 ? "" : `where ${wanted.join(" and ")}`;
}
