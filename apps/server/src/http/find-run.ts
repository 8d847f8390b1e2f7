import { getRun, type StoredRun } from "@notemill/store";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import { ServerError } from "../server-error.ts";
import { readRequest } from "./read-request.ts";

/** The run that a route names. @throws {@link ServerError} `RUN_NOT_FOUND`, `REQUEST_INVALID`. */
export async function findRun({ driver }: Pick<Platform, "driver">, parameters: unknown): Promise<StoredRun> {
  const { id } = readRequest(z.object({ id: z.uuid() }), parameters, "id");
  return (await getRun(driver, id)) ?? runNotFound(id);
}

/** Says that there is no such run. */
export function runNotFound(id: string): never {
  throw new ServerError("RUN_NOT_FOUND", `there is no run "${id}"`, { details: { id } });
}
