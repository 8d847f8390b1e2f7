/** The platform server: runs, runners and records over HTTP. */
export { jsonLog, textLog } from "./operations/server-log.ts";
export type { LogFacts, ServerLog } from "./operations/server-log.ts";
export type { MountOption } from "./mounts/open-mounts.ts";
export type { KeepVersions, LeaseSettings } from "./platform.ts";
export { importArchive } from "./records/import/import-archive.ts";
export type { ImportArchiveOptions } from "./records/import/import-archive.ts";
export { importRecords } from "./records/import/import-records.ts";
export type { ImportOptions, ImportOutcome } from "./records/import/import-records.ts";
export { ServerError } from "./server-error.ts";
export type { ServerErrorCode } from "./server-error.ts";
export { startServer } from "./start-server.ts";
export type { PlatformServer, ServerOptions } from "./start/server-options.ts";
