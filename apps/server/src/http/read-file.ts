import type { FastifyRequest } from "fastify";
import { Readable } from "node:stream";
import { ServerError } from "../server-error.ts";

/**
 * The file that is a request's body, as it comes.
 *
 * @throws {@link ServerError} `REQUEST_INVALID` where there is none or it came as something else.
 */
export function readFile(request: FastifyRequest): Readable {
  if (request.body instanceof Readable) return request.body;
  throw new ServerError("REQUEST_INVALID", "the body must be a file sent as application/octet-stream", {
    details: { part: "body", field: "" },
  });
}
