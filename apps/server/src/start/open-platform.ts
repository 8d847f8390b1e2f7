import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { join } from "node:path";
import { openEnvironments } from "@notemill/kernel/environments";
import { type FsStore, openFsStore } from "@notemill/storage";
import type { Driver } from "@notemill/store";
import type { Addresses } from "../access/addresses.ts";
import { createIds } from "../data/create-ids.ts";
import { createRunsView } from "../files/runs-view.ts";
import { createVersionBlobs } from "../files/version-blobs.ts";
import type { Mount } from "../mounts/mount-table.ts";
import { openMounts, openViewOnlyMounts } from "../mounts/open-mounts.ts";
import { createMetrics } from "../operations/metrics.ts";
import type { ServerLog } from "../operations/server-log.ts";
import type { KeepVersions, LeaseSettings, Platform } from "../platform.ts";
import { coalesce } from "../records/coalesce.ts";
import { manifestsInTime } from "../records/manifests-in-time.ts";
import { writeManifests } from "../records/write-manifests.ts";
import { DAY_MS, defaultPolicy } from "../retention/policy.ts";
import { createNotebookReader } from "../runs/notebook-reader.ts";
import { DEFAULT_MAX_PARAMETER_BYTES } from "../runs/parameter-size.ts";
import { createRunBatches } from "../runs/run-batches.ts";
import { listenForWakeups } from "../runs/wakeups.ts";
import { startIndexing } from "../search/start-indexing.ts";
import { keysFromFile, keysFromText } from "../secrets/secret-keys.ts";
import { createSourceStore } from "../sources/source-store.ts";
import { createPreviewFiles } from "../tables/preview-files.ts";
import { createTableReader } from "../tables/table-reader.ts";
import { createRunTokens } from "../tokens/run-tokens.ts";
import { readTraceSettings } from "../tracing/trace-settings.ts";
import { createTracing, NO_TRACING } from "../tracing/tracing.ts";
import { createWorkflowPlans } from "../workflows/workflow-plans.ts";
import type { DataDirectories } from "./open-data.ts";
import { openHistory } from "./open-history.ts";
import type { ServerOptions } from "./server-options.ts";

/** An idle runner asks at least so often, in milliseconds. */
const RUNNER_SILENCE_MS = 60_000;

const SILENT: ServerLog = { info: () => undefined, error: () => undefined };

const KEEP_VERSIONS: KeepVersions = { count: 1000, forMs: 366 * DAY_MS };

/** What S3 takes in one conditional request. */
const MAX_FILE_BYTES = 5 * 2 ** 30;

/** Less than after what proxies cut a request that nothing comes of, in milliseconds. */
const LONGEST_WAIT_MS = 60_000;

const LEASES: LeaseSettings = { leaseMs: 30_000, heartbeatMs: 5000 };

interface PlatformOptions {
  readonly options: ServerOptions;
  readonly directories: DataDirectories;
  readonly addresses: Addresses;
  /** The token of the server, by which those of attempts are made. */
  readonly token: string;
  /** Where the server listens, once it does. */
  readonly url: () => string;
  /** Aborts when runners get no more attempts. */
  readonly draining: AbortSignal;
  /** Aborts when the server ends. */
  readonly closing: AbortSignal;
  /** Gets what has to be closed with the server. */
  readonly started: AsyncDisposableStack;
}

/** Opens what the parts of a server work with. Throws what the database, the mounts and the files of keys throw. */
export async function openPlatform(given: PlatformOptions): Promise<Platform> {
  const { options, directories, addresses, token, url, draining, closing, started } = given;
  const { leases = LEASES, log = SILENT, now = () => new Date(), viewOnly = null } = options;
  const { maxParameterBytes = DEFAULT_MAX_PARAMETER_BYTES } = options;
  const env = options.env ?? process.env;
  const runnerSilenceMs = Math.max(leases.leaseMs, RUNNER_SILENCE_MS);
  const metrics = createMetrics({ driver: () => driver, now, runnerSilenceMs });
  const { leaseMs } = leases;
  const history = { ...options, directories, metrics, now, leaseMs, log, started };
  const { driver, records } = await openHistory(history);
  const user = userName();
  const mounts = await mountsOf(given, {
    driver,
    records,
    user,
    writePending: () => manifestsInTime(platform),
  });
  const secretKeys =
    options.secretKey === undefined
      ? keysFromFile(options.secretKeyFile ?? join(directories.data, "secret-key"))
      : keysFromText(options.secretKey);
  // Found out now, and not when the first secret is needed.
  await secretKeys.read();
  const instance = randomUUID();
  const newId = createIds();
  const report = (what: string, error: unknown): void => log.error({ err: error }, what);
  const traced = readTraceSettings(env);
  const tracing =
    traced === null
      ? NO_TRACING
      : started.use(createTracing(traced, { driver, now, instance, metrics, report }));
  const indexing = started.use(startIndexing({ driver, mounts, user, closing, report }));
  const platform: Platform = {
    driver,
    mounts,
    notebooks: createNotebookReader(),
    sources: createSourceStore(openFsStore(directories.sources), driver, now),
    environments: openEnvironments(join(directories.data, "environments"), env),
    records,
    batches: createRunBatches(driver),
    writeManifests: coalesce(() => writeManifests(driver, records, tracing.recorded)),
    backups: openFsStore(directories.backups),
    live: openFsStore(directories.live),
    versions: createVersionBlobs(driver, openFsStore(directories.versions), newId),
    keepVersions: { ...KEEP_VERSIONS, ...options.keepVersions },
    retention: defaultPolicy(options.retention),
    maxFileBytes: options.maxFileBytes ?? MAX_FILE_BYTES,
    maxParameterBytes,
    fileChanged: indexing.changed,
    tables: await openTables(options.tableReader, directories.data, started),
    wakeups: started.use(await listenForWakeups(driver)),
    runnerSilenceMs,
    runTokens: createRunTokens(token),
    secretKeys,
    get publicUrl() {
      return addresses.publicUrl ?? url();
    },
    outerPath: addresses.outerPath,
    canMail: options.mail !== undefined,
    viewOnly,
    user,
    instance,
    leases,
    longestWaitMs: options.longestWaitMs ?? LONGEST_WAIT_MS,
    now,
    newId,
    advancing: { plans: createWorkflowPlans({ maxParameterBytes }), newId },
    draining,
    closing,
    metrics,
    tracing,
    log,
    report,
  };
  return platform;
}

async function mountsOf(
  { options, directories, started }: PlatformOptions,
  parts: {
    readonly driver: Driver;
    readonly records: FsStore;
    readonly user: string;
    readonly writePending: () => Promise<void>;
  },
): Promise<readonly Mount[]> {
  const { mounts = [], env = process.env } = options;
  const { data, home, shared } = directories;
  if (options.viewOnly !== undefined)
    return openViewOnlyMounts(mounts, { env, started, dataDirectory: data });
  const { driver, records, user, writePending } = parts;
  const usual = [
    { prefix: `/home/${user}`, store: openFsStore(home) },
    { prefix: "/shared", store: openFsStore(shared) },
    { prefix: "/runs", store: createRunsView(driver, records, writePending), isReadOnly: true },
  ];
  return openMounts(mounts, usual, { started, dataDirectory: data });
}

/** What shows tables of files, in a directory of its own. */
async function openTables(
  command: readonly string[] | undefined,
  data: string,
  started: AsyncDisposableStack,
): Promise<Platform["tables"]> {
  if (command === undefined) return null;
  const previews = join(data, "previews");
  await mkdir(previews, { recursive: true });
  return {
    reader: started.use(createTableReader([...command, previews])),
    files: started.use(createPreviewFiles(previews)),
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user that nobody has named.
    return "user";
  }
}
