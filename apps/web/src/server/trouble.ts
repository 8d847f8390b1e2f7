import { isServerAway } from "@notemill/client";

/** How long to wait before a server that is away is asked again, in milliseconds; at first less. */
const AGAIN_MS = 2000;

/** Options of a query that asks until the server is there again. What it is in trouble with meanwhile is its `failureReason`. */
export const UNTIL_ANSWERED = {
  retry: (_count: number, error: Error): boolean => isServerAway(error),
  retryDelay: (count: number): number => Math.min(250 * 2 ** count, AGAIN_MS),
} as const;

/** What a query has and what it is in trouble with. */
interface Asked {
  readonly data: unknown;
  readonly error: Error | null;
  readonly failureReason: Error | null;
}

/** What is shown of the trouble of a query. */
export interface Trouble {
  /** Stands in the place of what cannot be shown. */
  readonly problem: Error | null;
  /** Whether what is shown may be old, as the server is away. */
  readonly isAway: boolean;
}

/** Tells the trouble of a query: what it has stays while the server is away, and goes where it says no. */
export function troubleOf({ data, error, failureReason }: Asked): Trouble {
  const trouble = error ?? failureReason;
  if (trouble === null) return { problem: null, isAway: false };
  const isAway = data !== undefined && isServerAway(trouble);
  return { problem: isAway ? null : trouble, isAway };
}
