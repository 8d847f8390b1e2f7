import { askedWith, type Holding, runnerOf } from "@notemill/store";
import type { FastifyRequest } from "fastify";
import { attemptLost } from "../http/attempt-lost.ts";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { whoAsks } from "./asker.ts";

/**
 * Holds runners, and the attempts that they have, to the token that they asked for work with. A fence is a small
 * number and ids are in lists: neither of them is a secret.
 */
export interface RunnerTies {
  /** @throws {@link ServerError} `TOKEN_NOT_FOR_THIS` where the runner has asked with another token. */
  checkRunner(request: FastifyRequest, runnerId: string): Promise<void>;
  /** @throws {@link ServerError} `ATTEMPT_LOST` where the attempt is a runner's that has asked with another token. */
  checkAttempt(request: FastifyRequest, holding: Holding): Promise<void>;
  /** Notes which runner has just got attempts, so that nobody looks it up. */
  noteClaimed(runnerId: string, holdings: readonly Holding[]): void;
}

/** Who asks, as it is kept with a runner: all tokens of the server itself are one. */
export function tokenOf(request: FastifyRequest): string {
  const asker = whoAsks(request);
  return asker?.kind === "token" ? asker.token.id : "server";
}

/** Makes ties; what is found once is kept in memory, since neither a runner nor a fence changes its owner. */
export function createRunnerTies({ driver }: Pick<Platform, "driver">): RunnerTies {
  const tokens = boundedMap();
  const runners = boundedMap();
  const tokenOfRunner = (runnerId: string): Promise<string | null> =>
    tokens.get(runnerId, () => askedWith(driver, runnerId));
  const isOthers = async (request: FastifyRequest, runnerId: string): Promise<boolean> => {
    const token = await tokenOfRunner(runnerId);
    return token !== null && token !== tokenOf(request);
  };
  return {
    async checkRunner(request, runnerId) {
      if (!(await isOthers(request, runnerId))) return;
      throw new ServerError(
        "TOKEN_NOT_FOR_THIS",
        `runner ${runnerId} has asked for work with another token; one runner has one token for as long as it lives, and an id of its own`,
        { details: { runner_id: runnerId } },
      );
    },
    async checkAttempt(request, holding) {
      const runnerId = await runners.get(keyOf(holding), () => runnerOf(driver, holding));
      if (runnerId !== null && (await isOthers(request, runnerId))) throw attemptLost(holding.attemptId);
    },
    noteClaimed(runnerId, holdings) {
      for (const holding of holdings) runners.set(keyOf(holding), runnerId);
    },
  };
}

function keyOf({ attemptId, fence }: Holding): string {
  return `${attemptId.toLowerCase()} ${fence}`;
}

/** What is known by key, the newest of it; null is asked for again. */
function boundedMap() {
  const known = new Map<string, string>();
  const set = (key: string, value: string): void => {
    known.set(key, value);
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  };
  return {
    set,
    async get(key: string, find: () => Promise<string | null>): Promise<string | null> {
      const value = known.get(key) ?? (await find());
      if (value !== null) set(key, value);
      return value;
    },
  };
}

const MOST_KNOWN = 20_000;
