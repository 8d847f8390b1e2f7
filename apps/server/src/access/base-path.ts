import type { FastifyRequest } from "fastify";
import { ServerError } from "../server-error.ts";
import type { Addresses } from "./addresses.ts";

/** What the path of a request is that is not below the base path; no route has it. */
export const OUTSIDE = "/.outside";

/** The path of a request as routes have it: without the base path. */
export function withinBase(url: string, basePath: string): string {
  if (!url.startsWith(basePath)) return OUTSIDE;
  const rest = url.slice(basePath.length);
  if (rest === "" || rest.startsWith("?")) return `/${rest}`;
  return rest.startsWith("/") ? rest : OUTSIDE;
}

/** Says that there is nothing outside of the base path. */
export function outside({ method, originalUrl }: FastifyRequest, { basePath }: Addresses): ServerError {
  const path = originalUrl.split("?", 1)[0] ?? "";
  return new ServerError(
    "ROUTE_NOT_FOUND",
    `there is no ${method} ${path}; everything is below ${basePath}/`,
  );
}

/** Whether a request is for the base path without a slash behind it, and no more. */
export function isBaseItself({ originalUrl }: FastifyRequest, { basePath }: Addresses): boolean {
  return basePath !== "" && originalUrl === basePath;
}
