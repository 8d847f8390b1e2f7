import { availableParallelism, totalmem } from "node:os";
import { isAbsolute } from "node:path";
import { SqlKernelError } from "../sql-kernel-error.ts";

/** What the kernel's database may use. */
export interface SqlSettings {
  /** Directories whose files can be read and written, beside the working directory. */
  readonly allowedDirectories: readonly string[];
  /** As DuckDB writes it: `2GB`. */
  readonly memoryLimit: string;
  readonly threads: number;
  /** Name of the zone in which times with a zone are shown and read. */
  readonly timeZone: string;
}

/**
 * Reads the settings from the environment, which is the only way to set them.
 *
 * @throws {@link SqlKernelError} `SQL_SETTING_INVALID`
 */
export function readSqlSettings(env: Readonly<Record<string, string | undefined>>): SqlSettings {
  const allowed = (env["NOTEMILL_SQL_ALLOW"] ?? "").split(":").filter((directory) => directory !== "");
  for (const directory of allowed) {
    if (!isAbsolute(directory))
      throw invalid("NOTEMILL_SQL_ALLOW", directory, "absolute paths with : between");
  }
  const memoryLimit = env["NOTEMILL_SQL_MEMORY"] || defaultMemory();
  if (!/^\d+(?:\.\d+)?\s*[KMGT]i?B$/i.test(memoryLimit)) {
    throw invalid("NOTEMILL_SQL_MEMORY", memoryLimit, "a size such as 2GB");
  }
  const threads = env["NOTEMILL_SQL_THREADS"] || String(Math.min(availableParallelism(), 4));
  if (!/^[1-9]\d{0,3}$/.test(threads)) throw invalid("NOTEMILL_SQL_THREADS", threads, "a number from 1");
  return {
    allowedDirectories: allowed,
    memoryLimit,
    threads: Number(threads),
    timeZone: env["NOTEMILL_SQL_TIMEZONE"] || "UTC",
  };
}

/** Half of the machine's memory, and no more than 4 GiB. */
function defaultMemory(): string {
  return `${Math.min(4096, Math.floor(totalmem() / 2 ** 21))}MiB`;
}

function invalid(name: string, value: string, expected: string): SqlKernelError {
  return new SqlKernelError("SQL_SETTING_INVALID", `${name} is "${value}"; expected ${expected}`, {
    details: { name, value },
  });
}
