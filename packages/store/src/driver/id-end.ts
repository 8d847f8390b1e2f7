/**
 * A condition on the end of an id, of 8 to 12 digits, as `?`. The few ids are found first, by their own index: how
 * many there are is not known to a database that has never looked at its tables.
 */
export function endsWith(table: "run" | "workflow_run"): string {
  return `${table}.id = any(array(
    select ending.id from (select ?::text as digits) as given
      join ${table} as ending on right(ending.id::text, 8) = right(given.digits, 8)
      where right(ending.id::text, length(given.digits)) = given.digits))`;
}
