import { DuckDBInstance } from "@duckdb/node-api";
import type { DuckDBConnection } from "@duckdb/node-api";
import { resolve } from "node:path";
import type { SqlSettings } from "./sql-settings.ts";

/** Where the database finds files, and puts those of its own. */
export interface DatabasePlace {
  /** The directory that relative paths start from, with everything below it. */
  readonly cwd: string;
  /** Made when a query needs more memory than there is. */
  readonly spillDirectory: string;
  /** The most that is put there, as DuckDB writes it: `2GiB`. Default: nine tenths of what the disk has free. */
  readonly spillLimit?: string;
  /** Session variables that are set from the start, by name. Default none. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Opens a database in memory that reaches only the files it is allowed to.
 *
 * The order counts: directories are allowed while the door is open, then it is
 * closed, then the settings are locked, so that no SQL can open it again.
 */
export async function openDatabase(place: DatabasePlace, settings: SqlSettings): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(":memory:", {
    memory_limit: settings.memoryLimit,
    threads: String(settings.threads),
  });
  const connection = await instance.connect();
  for (const setting of confinement(place, settings)) await connection.run(`SET ${setting}`);
  for (const [name, text] of Object.entries(place.variables ?? {}))
    await connection.run(`SET VARIABLE ${name} = ${quote(text)}`);
  return connection;
}

function confinement(place: DatabasePlace, settings: SqlSettings): readonly string[] {
  const directories = [place.cwd, ...settings.allowedDirectories]
    .map((directory) => resolve(directory))
    // All files there are would be no confinement.
    .filter((directory) => directory !== "/")
    .map((directory) => quote(`${directory}/`));
  return [
    `allowed_directories = [${directories.join(", ")}]`,
    `temp_directory = ${quote(place.spillDirectory)}`,
    ...(place.spillLimit === undefined ? [] : [`max_temp_directory_size = ${quote(place.spillLimit)}`]),
    `TimeZone = ${quote(settings.timeZone)}`,
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "allow_community_extensions = false",
    "allow_persistent_secrets = false",
    "errors_as_json = true",
    "enable_external_access = false",
    "lock_configuration = true",
  ];
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
