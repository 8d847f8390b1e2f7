import { neededScope, type NeededScope, type Operation, OPERATIONS } from "@notemill/api";
import type { FastifyRequest } from "fastify";

/** Name of an operation of the API. */
export type OperationId = keyof typeof OPERATIONS;

/** What a request asks for, and what a token has to be good for. */
export interface AskedOperation {
  /** Null for what is no part of the API. */
  readonly id: OperationId | null;
  readonly needs: NeededScope;
  readonly isOpen: boolean;
}

const BY_ROUTE: ReadonlyMap<string, AskedOperation> = new Map(
  (Object.entries(OPERATIONS) as [OperationId, Operation][]).map(([id, operation]) => {
    const route = `${operation.method.toUpperCase()} /api/v1${operation.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
    return [route, { id, needs: neededScope(operation), isOpen: operation.isOpen === true }];
  }),
);

/** Routes that read, and that other programs have given their form. */
const READING: readonly string[] = [
  "/metrics",
  "/files/*",
  "/api/contents",
  "/api/contents/*",
  "/api/v1/discovery",
  "/api/v1/discovery/*",
];

/** Finds out which operation a request asks for. A route that nobody has described needs everything. */
export function askedOperation({ method, routeOptions: { url } }: FastifyRequest): AskedOperation {
  // There is no such route, which anybody may be told who is known.
  if (url === undefined) return { id: null, needs: "any", isOpen: false };
  const described = BY_ROUTE.get(`${method === "HEAD" ? "GET" : method} ${url}`);
  if (described !== undefined) return described;
  const isReading = (method === "GET" || method === "HEAD") && READING.includes(url);
  return { id: null, needs: isReading ? "read" : "full", isOpen: url === "/api/ping" };
}
