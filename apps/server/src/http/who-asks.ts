import { type TokenHolder, tokenHolder } from "@notemill/store";
import type { FastifyRequest } from "fastify";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";

/** Which routes the token of an attempt is good for: those that read what its owner may, and those that start runs. */
const ALLOWED: readonly string[] = [
  "POST /api/v1/runs",
  "POST /api/v1/sweeps",
  "GET /api/v1/runs",
  "GET /api/v1/runs/:id",
  "GET /api/v1/runs/:id/notebook",
  "GET /api/v1/runs/:id/events",
  "GET /api/v1/runs/:id/artifacts",
  "GET /api/v1/runs/:id/artifacts/file",
  "GET /api/v1/runs/:id/records",
  "GET /api/v1/runs/:id/records/:attempt/file",
  "GET /api/v1/sweeps/:id",
  "GET /api/v1/notebooks/latest-output",
  "GET /api/v1/files",
  "GET /api/v1/files/entries",
  "GET /api/v1/files/content",
];

const holders = new WeakMap<FastifyRequest, TokenHolder>();

/** The run whose notebook asks; null where a person or a program of theirs does. */
export function askingRun(request: FastifyRequest): TokenHolder | null {
  return holders.get(request) ?? null;
}

/**
 * Lets a request with the token of an attempt in, for as long as the attempt is under way.
 *
 * @returns Whether the request has such a token.
 * @throws {@link ServerError} `TOKEN_INVALID` once the attempt is over, `TOKEN_NOT_FOR_THIS`.
 */
export async function admitRun(
  { driver, runTokens }: Pick<Platform, "driver" | "runTokens">,
  request: FastifyRequest,
): Promise<boolean> {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const attempt = runTokens.read(given);
  if (attempt === null) return false;
  const holder = await tokenHolder(driver, attempt);
  if (holder === null) throw new ServerError("TOKEN_INVALID", "the token is that of an attempt that is over");
  const route = `${request.method} ${request.routeOptions.url ?? ""}`;
  if (!ALLOWED.includes(route)) {
    throw new ServerError(
      "TOKEN_NOT_FOR_THIS",
      `the token of a run reads what its owner may and starts runs; it is not good for ${request.method} ${request.url.split("?", 1)[0]}`,
    );
  }
  holders.set(request, holder);
  return true;
}
