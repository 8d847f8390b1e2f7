import { ServerError } from "../server-error.ts";

/** The most wrong tokens of one address in a minute. */
const MOST = 60;
const MINUTE_MS = 60_000;

/** Counts wrong tokens by address, so that nobody tries many. The right one always gets in. */
export interface FailedTokens {
  /** Notes one. @throws {@link ServerError} `TOO_MANY_REQUESTS` where there were many. */
  note(address: string): void;
}

/** Begins to count. */
export function countFailedTokens(now: () => Date): FailedTokens {
  let counts = new Map<string, number>();
  let minute = 0;
  return {
    note(address) {
      const current = Math.floor(now().getTime() / MINUTE_MS);
      if (current !== minute) counts = new Map();
      minute = current;
      const count = (counts.get(address) ?? 0) + 1;
      counts.set(address, count);
      if (count > MOST) {
        throw new ServerError("TOO_MANY_REQUESTS", "too many requests with a wrong token; wait a minute");
      }
    },
  };
}
