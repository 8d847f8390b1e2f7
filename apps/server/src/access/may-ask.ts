import { isScopeEnough } from "@notemill/api";
import type { FastifyRequest } from "fastify";
import type { Platform } from "../platform.ts";
import { askedOperation, type OperationId } from "./asked-operation.ts";
import type { Asker } from "./asker.ts";
import { isShownBy } from "./link-reach.ts";

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

/** Why somebody may not do what a request asks for; null where they may. */
export function refusalOf(
  platform: Pick<Platform, "mounts" | "user" | "viewOnly">,
  asker: Asker,
  request: FastifyRequest,
): string | null {
  const { id, needs } = askedOperation(request);
  if (platform.viewOnly !== null && !isScopeEnough("read", needs) && id !== "signOut")
    return "the server was started with --view-only";
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
      return null;
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
