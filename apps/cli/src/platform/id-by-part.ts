import { UsageError } from "../command-line/usage-error.ts";

/** Things that have ids in the order of their making, and are listed with the newest first. */
export interface ListedThings {
  /** As `run`. */
  readonly what: string;
  /** The command that lists them. */
  readonly listedBy: string;
  /** The newest two before an id, or of those that end so. */
  readonly list: (
    page: ({ readonly before: string } | { readonly id_end: string }) & { readonly limit: 2 },
  ) => Promise<readonly { readonly id: string }[]>;
}

/**
 * The id of something that was given whole, or by its beginning, or by its end, which is what pages show: those that
 * were made within a minute begin alike.
 *
 * @throws {@link UsageError} for what is no id, and for a part of none or of several.
 */
export async function idByPart(given: string, things: ListedThings): Promise<string> {
  const { what, listedBy } = things;
  const digits = given.toLowerCase().replaceAll("-", "");
  if (!/^[0-9a-f]{0,32}$/.test(digits) || digits.length < LEAST_DIGITS || !isGrouped(given))
    throw new UsageError(
      `"${given}" is no id of a ${what}: give the whole of it, its beginning of at least ${LEAST_DIGITS} digits, or its end of ${LEAST_OF_END} to ${MOST_OF_END}; ${listedBy} shows them`,
    );
  const beginning = withDashes(digits);
  const mayEnd = isEnd(given, digits);
  const isPossible = POSSIBLE.test(digits);
  if (isPossible && digits.length === WHOLE) return beginning;
  const [begun, ended] = await Promise.all([
    isPossible ? begunSo(beginning, digits, things) : [],
    mayEnd ? things.list({ id_end: digits, limit: 2 }) : [],
  ]);
  const ids = new Set([...begun, ...ended.map(({ id }) => id)]);
  const [found, other] = ids;
  const how = mayEnd ? `begins or ends with "${given}"` : `begins with "${beginning}"`;
  if (found === undefined) throw new UsageError(`no ${what} has an id that ${how}; ${listedBy} shows them`);
  if (other === undefined) return found;
  throw new UsageError(
    `several ${what}s have an id that ${how}, such as ${found} and ${other}; give more of it`,
  );
}

/** Two ids at most that begin so. */
async function begunSo(beginning: string, digits: string, things: ListedThings): Promise<readonly string[]> {
  // Newer ids are larger, and lists begin with the newest: the page behind the last id that begins so.
  const newest = await things.list({
    before: withDashes(`${digits}${LAST_ID.slice(digits.length)}`),
    limit: 2,
  });
  return newest.map(({ id }) => id).filter((id) => id.startsWith(beginning));
}

/** Whether it may be the end of an id, whose last group has no dash. */
function isEnd(given: string, digits: string): boolean {
  return !given.includes("-") && digits.length >= LEAST_OF_END && digits.length <= MOST_OF_END;
}

const LEAST_OF_END = 8;
const MOST_OF_END = 12;

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
