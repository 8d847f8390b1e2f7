import type { SqlValue } from "./driver.ts";

/**
 * The conditions whose values are given, as `where …`, or nothing where there is none. Each `?` becomes the
 * number of its value, which is added to `values`. A condition that is not there finds no index for those that are.
 */
export function whereOf(
  values: SqlValue[],
  conditions: readonly (readonly [condition: string, value: SqlValue | undefined])[],
): string {
  const wanted = conditions.flatMap(([condition, value]) =>
    value === undefined ? [] : [condition.replace("?", `$${values.push(value)}`)],
  );
  return wanted.length === 0 ? "" : `where ${wanted.join(" and ")}`;
}
