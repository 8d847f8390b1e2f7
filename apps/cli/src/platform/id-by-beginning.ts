import { UsageError } from "../command-line/usage-error.ts";

/** Things that have ids in the order of their making, and are listed with the newest first. */
export interface ListedThings {
  /** As `run`. */
  readonly what: string;
  /** The command that lists them. */
  readonly listedBy: string;
  /** The newest two before an id. */
  readonly list: (page: {
    readonly before: string;
    readonly limit: 2;
  }) => Promise<readonly { readonly id: string }[]>;
}

/**
 * The id of something that was given whole, or by its beginning.
 *
 * @throws {@link UsageError} for what is no id, and for the beginning of none or of several.
 */
export async function idByBeginning(given: string, things: ListedThings): Promise<string> {
  const { what, listedBy } = things;
  const digits = given.toLowerCase().replaceAll("-", "");
  if (!/^[0-9a-f]{0,32}$/.test(digits) || digits.length < LEAST_DIGITS || !isGrouped(given))
    throw new UsageError(
      `"${given}" is no id of a ${what}: give the whole of it, or its beginning of at least ${LEAST_DIGITS} digits; ${listedBy} shows them`,
    );
  const beginning = withDashes(digits);
  if (!POSSIBLE.test(digits)) throw noneSuch(beginning, things);
  if (digits.length === WHOLE) return beginning;
  // Newer ids are larger, and lists begin with the newest: the page behind the last id that begins so.
  const newest = await things.list({
    before: withDashes(`${digits}${LAST_ID.slice(digits.length)}`),
    limit: 2,
  });
  const [found, other] = newest.map(({ id }) => id).filter((id) => id.startsWith(beginning));
  if (found === undefined) throw noneSuch(beginning, things);
  if (other !== undefined)
    throw new UsageError(
      `several ${what}s have an id that begins with "${beginning}", such as ${found} and ${other}; give more of it`,
    );
  return found;
}

function noneSuch(beginning: string, { what, listedBy }: ListedThings): UsageError {
  return new UsageError(`no ${what} has an id that begins with "${beginning}"; ${listedBy} shows them`);
}

/** The version and the variant of an id stand behind its twelfth and its sixteenth digit. */
const POSSIBLE = /^.{0,12}$|^.{12}[1-8].{0,3}$|^.{12}[1-8].{3}[89ab]/;

/** Ids that were made within hours begin alike. */
const LEAST_DIGITS = 6;

const WHOLE = 32;

/** The digits of the largest id that there can be. */
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
