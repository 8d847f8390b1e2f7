import type { Environments } from "@notemill/kernel/environments";
import type { Store } from "@notemill/storage";
import type { Advancing, Driver } from "@notemill/store";
import type { Metrics } from "./operations/metrics.ts";
import type { ServerLog } from "./operations/server-log.ts";
import type { Mount } from "./mounts/mount-table.ts";
import type { RetentionPolicy } from "./retention/policy.ts";
import type { VersionBlobs } from "./files/version-blobs.ts";
import type { SourceStore } from "./sources/source-store.ts";
import type { NotebookReader } from "./runs/notebook-reader.ts";
import type { RunBatches } from "./runs/run-batches.ts";
import type { Wakeups } from "./runs/wakeups.ts";
import type { SecretKeys } from "./secrets/secret-keys.ts";
import type { Tracing } from "./tracing/tracing.ts";
import type { PreviewFiles } from "./tables/preview-files.ts";
import type { TableReader } from "./tables/table-reader.ts";
import type { RunTokens } from "./tokens/run-tokens.ts";

/** What the parts of the server work with. */
export interface Platform {
  readonly driver: Driver;
  readonly mounts: readonly Mount[];
  readonly notebooks: NotebookReader;
  readonly sources: SourceStore;
  readonly environments: Environments;
  /** The store of records. */
  readonly records: Store;
  /** Runs that are asked for, and what runners tell of attempts. */
  readonly batches: RunBatches;
  /** Writes the manifests that the chain has and the store of records does not have yet. */
  readonly writeManifests: () => Promise<void>;
  /** Where an embedded database is backed up. */
  readonly backups: Store;
  /** Output notebooks of attempts that run, by the attempt's id. */
  readonly live: Store;
  /** The bytes of versions of files. */
  readonly versions: VersionBlobs;
  readonly keepVersions: KeepVersions;
  readonly retention: RetentionPolicy;
  /** What reads tables of files; null for a server without it. */
  readonly tables: { readonly reader: TableReader; readonly files: PreviewFiles } | null;
  /** Told of files that were changed, so that they are found. */
  readonly fileChanged: (...paths: readonly string[]) => void;
  /** The most bytes of a file that is saved. */
  readonly maxFileBytes: number;
  /** The most bytes of the parameters of one run, as JSON. */
  readonly maxParameterBytes: number;
  readonly wakeups: Wakeups;
  readonly runTokens: RunTokens;
  /** What seals secrets. */
  readonly secretKeys: SecretKeys;
  /** Where people reach the server, as `https://notes.example`. */
  readonly publicUrl: string;
  /** What the paths of the server begin with for a browser: empty, or as `/notes`. */
  readonly outerPath: string;
  /** Whether there is a mail server. */
  readonly canMail: boolean;
  /** Who may look at a server that changes nothing; null for one that does. */
  readonly viewOnly: "anyone" | "token" | null;
  /** Who all requests are from: one-user mode. */
  readonly user: string;
  /** This server process. */
  readonly instance: string;
  readonly leases: LeaseSettings;
  /** How long ago a runner may have been heard of to count as there, in milliseconds. */
  readonly runnerSilenceMs: number;
  /** No request waits longer for something to happen, in milliseconds. */
  readonly longestWaitMs: number;
  readonly now: () => Date;
  /** Gives UUIDs of version 7. */
  readonly newId: () => string;
  /** What carries workflow-runs on when runs end. */
  readonly advancing: Advancing;
  /** Aborts when no more attempts are to be given away. */
  readonly draining: AbortSignal;
  /** Aborts when the server ends: nobody is told anything any longer. */
  readonly closing: AbortSignal;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  readonly log: ServerLog;
  /** Told of what went wrong without anybody having asked for it. */
  readonly report: (what: string, error: unknown) => void;
}

/** Which versions of files stay. What is in a file now always does. */
export interface KeepVersions {
  /** The newest versions of every file that stay, whatever their age. */
  readonly count: number;
  /** How long a version stays after it was replaced, in milliseconds. */
  readonly forMs: number;
}

/** How long runners may be silent, in milliseconds. */
export interface LeaseSettings {
  readonly leaseMs: number;
  readonly heartbeatMs: number;
}
