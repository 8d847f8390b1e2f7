import { ServerError } from "../server-error.ts";

/** Says that a runner has lost an attempt. */
export function attemptLost(id: string): ServerError {
  return new ServerError(
    "ATTEMPT_LOST",
    `attempt ${id} is no longer this runner's; stop it and hand nothing in`,
    { details: { id } },
  );
}
