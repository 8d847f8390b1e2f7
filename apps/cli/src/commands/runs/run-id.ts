import type { PlatformClient } from "@notemill/client";
import { UsageError } from "../../command-line/usage-error.ts";

/**
 * The id of a run that was given whole, or by its beginning.
 *
 * @throws {@link UsageError} for what is no id, and for the beginning of none or of several.
 */
export async function runId(client: Pick<PlatformClient, "listRuns">, given: string): Promise<string> {
  const digits = given.toLowerCase().replaceAll("-", "");
  if (!/^[0-9a-f]{0,32}$/.test(digits) || digits.length < LEAST_DIGITS || !isGrouped(given))
    throw new UsageError(
      `"${given}" is no id of a run: give the whole of it, or its beginning of at least ${LEAST_DIGITS} digits; notemill runs list shows them`,
    );
  const beginning = withDashes(digits);
  if (!POSSIBLE.test(digits)) throw noSuchRun(beginning);
  if (digits.length === WHOLE) return beginning;
  // Newer ids are larger, and lists begin with the newest: the page behind the last id that begins so.
  const { runs } = await client.listRuns({
    before: withDashes(`${digits}${LAST_ID.slice(digits.length)}`),
    limit: 2,
  });
  const [found, other] = runs.map(({ id }) => id).filter((id) => id.startsWith(beginning));
  if (found === undefined) throw noSuchRun(beginning);
  if (other !== undefined)
    throw new UsageError(
      `several runs have an id that begins with "${beginning}", such as ${found} and ${other}; give more of it`,
    );
  return found;
}

function noSuchRun(beginning: string): UsageError {
  return new UsageError(`no run has an id that begins with "${beginning}"; notemill runs list shows them`);
}

/** The version and the variant of an id stand behind its twelfth and its sixteenth digit. */
const POSSIBLE = /^.{0,12}$|^.{12}[1-8].{0,3}$|^.{12}[1-8].{3}[89ab]/;

/** Ids of runs that were asked for within hours begin alike. */
const LEAST_DIGITS = 6;

const WHOLE = 32;

/** The digits of the largest id that a run can have. */
const LAST_ID = "ffffffffffff7fffbfffffffffffffff";

/** Whether dashes, if there are any, are where ids have them. */
function isGrouped(given: string): boolean {
  return !given.includes("-") || withDashes(given.replaceAll("-", "")) === given.replace(/-$/, "");
}

function withDashes(digits: string): string {
  return digits.replace(/^(.{8})(.{1,4})?(.{1,4})?(.{1,4})?(.{1,12})?$/, (...parts) =>
    parts
      .slice(1, 6)
      .filter((it) => typeof it === "string")
      .join("-"),
  );
}
