import { isScopeEnough } from "@notemill/api";
import type { FastifyRequest } from "fastify";
import type { Platform } from "../platform.ts";
import { askedOperation, type OperationId } from "./asked-operation.ts";
import type { Asker } from "./asker.ts";
import { isShownBy } from "./link-reach.ts";

/** Why a server that only shows does nothing else. */
export const VIEW_ONLY = "the server was started with --view-only";

/** What the token of an attempt is good for: reading what its owner may, and starting runs. */
const BY_RUN: readonly (OperationId | null)[] = [
  "getSession",
  "submitRun",
  "submitSweep",
  "listRuns",
  "getRun",
  "getNotebook",
  "followRun",
  "listArtifacts",
  "getArtifact",
  "listRecords",
  "getRecordFile",
  "getSweep",
  "latestOutput",
  "getFile",
  "listFiles",
  "readFile",
];

/** What a server with `--anyone` shows to anybody: the files, and nothing that it knows besides. */
const BY_ANYONE: readonly (OperationId | null)[] = [
  "getSession",
  "getFile",
  "listFiles",
  "readFile",
  "readTable",
  "searchFiles",
  "createOutputUrl",
];

/** The same of routes that other programs have given their form; undefined is none. */
const ROUTES_BY_ANYONE: readonly (string | undefined)[] = [
  undefined,
  "/files/*",
  "/api/contents",
  "/api/contents/*",
  "/api/v1/discovery",
  "/api/v1/discovery/*",
];

/** Why somebody may not do what a request asks for; null where they may. */
export function refusalOf(
  platform: Pick<Platform, "mounts" | "user" | "viewOnly">,
  asker: Asker,
  request: FastifyRequest,
): string | null {
  const { id, needs } = askedOperation(request);
  if (platform.viewOnly !== null && !isScopeEnough("read", needs) && id !== "signOut") return VIEW_ONLY;
  switch (asker.kind) {
    case "server-token":
      return null;
    case "token": {
      const { name, scope } = asker.token;
      return isScopeEnough(scope, needs)
        ? null
        : `the token "${name}" is good for ${scope}, and this needs ${needs}`;
    }
    case "runner":
      return isScopeEnough("runner", needs)
        ? null
        : "the token of runners is good for what runners do, and for nothing else";
    case "run":
      return BY_RUN.includes(id) ? null : "the token of a run reads what its owner may and starts runs";
    case "anyone":
      return BY_ANYONE.includes(id) || (id === null && ROUTES_BY_ANYONE.includes(request.routeOptions.url))
        ? null
        : "the server shows its files to anybody, and nothing else";
    case "link":
      return isShownBy(asker.link, platform, {
        operation: id,
        query: request.query,
        parameters: request.params,
      })
        ? null
        : "the link shows something else";
  }
}
