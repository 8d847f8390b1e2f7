import type { StoredLink } from "@notemill/store";
import { directoryAt } from "../files/find-file.ts";
import { resolveVirtualPath } from "../mounts/mount-table.ts";
import type { Platform } from "../platform.ts";
import type { OperationId } from "./asked-operation.ts";

/** The parts of a request that say what it is about. */
export interface AskedThing {
  readonly operation: OperationId | null;
  readonly query: unknown;
  readonly parameters: unknown;
}

const RUN_OPERATIONS: readonly (OperationId | null)[] = [
  "getRun",
  "getNotebook",
  "followRun",
  "listRecords",
  "archiveRun",
  "getRecordFile",
  "listArtifacts",
  "getArtifact",
];

/** Whether a share link shows what is asked for. What is not listed here, no link shows. */
export function isShownBy(
  link: StoredLink,
  platform: Pick<Platform, "mounts" | "user">,
  asked: AskedThing,
): boolean {
  const { operation, query, parameters } = asked;
  if (operation === "getSession") return true;
  // What the API shows of a notebook has its code in it.
  if (link.code === "omit") return false;
  switch (link.kind) {
    case "run":
      return RUN_OPERATIONS.includes(operation) && textIn(parameters, "id") === link.runId;
    case "latest":
      return operation === "latestOutput" && canonical(platform, query, "file") === link.path;
    case "file":
      return isFileRead(operation, query) && canonical(platform, query, "file") === link.path;
    case "directory": {
      if (!isFileRead(operation, query) && operation !== "listFiles") return false;
      const path = canonical(platform, query, "directory");
      return path !== null && (path === link.path || path.startsWith(`${link.path}/`));
    }
  }
}

/** What is in a file now; earlier versions were not shared. */
function isFileRead(operation: OperationId | null, query: unknown): boolean {
  if (operation === "getFile") return true;
  return operation === "readFile" && !Object.hasOwn(Object(query), "version");
}

/** The path of a query as links have it; null where it is none. */
function canonical(
  platform: Pick<Platform, "mounts" | "user">,
  query: unknown,
  kind: "file" | "directory",
): string | null {
  const given = textIn(query, "path");
  if (given === null) return null;
  try {
    return kind === "directory"
      ? directoryAt(platform, given).virtualPath
      : resolveVirtualPath(platform.mounts, given, platform.user).virtualPath;
  } catch {
    // A path that leads nowhere is within no link.
    return null;
  }
}

function textIn(values: unknown, name: string): string | null {
  const value: unknown = Object.getOwnPropertyDescriptor(Object(values), name)?.value;
  return typeof value === "string" ? value : null;
}
