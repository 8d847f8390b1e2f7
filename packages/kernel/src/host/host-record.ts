import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isJsonObject, parseJson } from "@notemill/json";
import type { JsonValue } from "@notemill/json";

/** What a host has written of itself in `host.json`, so that it can be told what a dead one was. */
export interface HostRecord {
  readonly version: number;
  readonly hostPid: number;
  readonly kernelName: string;
  readonly displayName: string;
  readonly cwd: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** `null` until the kernel is ready. */
  readonly connectionFile: string | null;
}

/** Writes the record of a host; a reader sees the old one or the new one, whole. */
export async function writeHostRecord(hostDir: string, record: HostRecord): Promise<void> {
  const path = recordPath(hostDir);
  await writeFile(`${path}.new`, `${JSON.stringify(record, null, 1)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Reads the record of a host; `null` when there is none that can be read. */
export async function readHostRecord(hostDir: string): Promise<HostRecord | null> {
  let value: JsonValue;
  try {
    value = parseJson(await readFile(recordPath(hostDir), "utf8"));
  } catch {
    return null;
  }
  if (!isJsonObject(value)) return null;
  const { version, hostPid, connectionFile } = value;
  if (typeof version !== "number" || typeof hostPid !== "number") return null;
  return {
    version,
    hostPid,
    kernelName: text(value["kernelName"]),
    displayName: text(value["displayName"]),
    cwd: text(value["cwd"]),
    startedAt: text(value["startedAt"]),
    connectionFile: typeof connectionFile === "string" ? connectionFile : null,
  };
}

function recordPath(hostDir: string): string {
  return join(hostDir, "host.json");
}

function text(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
