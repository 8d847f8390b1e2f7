import { readFileSync } from "node:fs";
import { isJsonObject, parseJson } from "@notemill/json";
import type { JsonObject } from "@notemill/json";
import { SqlKernelError } from "../sql-kernel-error.ts";

/** A channel of a kernel; `hb` is the heartbeat. */
export type ChannelName = "shell" | "iopub" | "stdin" | "control" | "hb";

/** Where a client wants the kernel to listen. */
export interface Connection {
  readonly key: string;
  address(channel: ChannelName): string;
}

/**
 * Reads a connection file.
 *
 * @throws {@link SqlKernelError} `SQL_CONNECTION_FILE_INVALID`
 */
export function readConnectionFile(path: string): Connection {
  const info = readInfo(path);
  const { transport = "tcp", ip, key = "", signature_scheme: scheme = "hmac-sha256" } = info;
  if (transport !== "tcp" && transport !== "ipc")
    throw invalid(path, `transport is ${show(transport)}; expected tcp or ipc`);
  if (typeof ip !== "string") throw invalid(path, `ip is ${show(ip)}; expected text`);
  if (typeof key !== "string") throw invalid(path, "key is no text");
  if (scheme !== "hmac-sha256")
    throw invalid(path, `signature_scheme is ${show(scheme)}; expected hmac-sha256`);
  return {
    key,
    address(channel) {
      const port = info[`${channel}_port`];
      if (typeof port !== "number" || port < 1)
        throw invalid(path, `${channel}_port is ${show(port)}; expected a port`);
      return `${transport}://${ip}${transport === "ipc" ? "-" : ":"}${port}`;
    },
  };
}

function readInfo(path: string): JsonObject {
  try {
    const info = parseJson(readFileSync(path, "utf8"));
    if (isJsonObject(info)) return info;
  } catch (cause) {
    throw invalid(path, cause instanceof Error ? cause.message : String(cause), cause);
  }
  throw invalid(path, "expected an object");
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? "missing";
}

function invalid(path: string, what: string, cause?: unknown): SqlKernelError {
  return new SqlKernelError(
    "SQL_CONNECTION_FILE_INVALID",
    `the connection file "${path}" cannot be used: ${what}`,
    {
      details: { path },
      cause,
    },
  );
}
