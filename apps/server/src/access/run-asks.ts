import { tokenHolder } from "@notemill/store";
import type { FastifyRequest } from "fastify";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import type { Asker } from "./asker.ts";

/** Which routes the token of an attempt is good for: those that read what its owner may, and those that start runs. */
const ALLOWED: readonly string[] = [
  "GET /api/v1/session",
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

/**
 * The notebook that asks with the token of an attempt, for as long as the attempt is
 * under way; null where the text is no such token.
 *
 * @throws {@link ServerError} `TOKEN_INVALID` once the attempt is over, `TOKEN_NOT_FOR_THIS`.
 */
export async function askedByRun(
  { driver, runTokens }: Pick<Platform, "driver" | "runTokens">,
  given: string,
  request: FastifyRequest,
): Promise<Asker | null> {
  const attempt = runTokens.read(given);
  if (attempt === null) return null;
  const holder = await tokenHolder(driver, attempt);
  if (holder === null) throw new ServerError("TOKEN_INVALID", "the token is that of an attempt that is over");
  const route = `${request.method} ${request.routeOptions.url ?? ""}`;
  if (!ALLOWED.includes(route)) {
    throw new ServerError(
      "TOKEN_NOT_FOR_THIS",
      `the token of a run reads what its owner may and starts runs; it is not good for ${request.method} ${request.url.split("?", 1)[0]}`,
    );
  }
  return { kind: "run", holder };
}
