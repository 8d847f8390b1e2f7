import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { openEnvironments } from "@notemill/kernel/environments";
import { openFsStore, type Store } from "@notemill/storage";
import {
  type Driver,
  graceLeases,
  listRecords,
  migrate,
  openDatabase,
  withSecretKeys,
} from "@notemill/store";
import type { FastifyInstance } from "fastify";
import { checkProxies, readAddresses } from "./access/addresses.ts";
import { startBackfilling } from "./backfills/go-on.ts";
import { createIds } from "./data/create-ids.ts";
import { readToken } from "./data/read-token.ts";
import { alreadyRunning, findRunningServer } from "./data/running-server.ts";
import { writeServerFile } from "./data/server-file.ts";
import { startDelivering } from "./deliveries/deliver.ts";
import { createMailSender } from "./deliveries/send-mail.ts";
import { sealPlainWebhooks } from "./secrets/seal-webhooks.ts";
import { installExamples } from "./examples/install-examples.ts";
import { startWatchingFiles } from "./events/watch-files.ts";
import { cannotListen, checkAddress } from "./http/check-address.ts";
import { createApp } from "./http/create-app.ts";
import type { BodyTimes } from "./http/slow-bodies.ts";
import { listenAsLocalhost } from "./http/listen-as-localhost.ts";
import { createMetrics } from "./operations/metrics.ts";
import type { ServerLog } from "./operations/server-log.ts";
import { startUpkeep } from "./operations/upkeep.ts";
import { createRunsView } from "./files/runs-view.ts";
import { startTidying } from "./files/tidy-versions.ts";
import { DAY_MS, defaultPolicy, type RetentionPolicy } from "./retention/policy.ts";
import { startRetention } from "./retention/start-retention.ts";
import { createVersionBlobs } from "./files/version-blobs.ts";
import { isApart } from "./mounts/is-apart.ts";
import { refuseShown } from "./mounts/refuse-shown.ts";
import {
  type MountOption,
  mountedDirectories,
  openMounts,
  openViewOnlyMounts,
} from "./mounts/open-mounts.ts";
import { readPages } from "./pages/read-pages.ts";
import type { KeepVersions, LeaseSettings, Platform } from "./platform.ts";
import { sweepUnpacked } from "./records/archive/unpacked-directory.ts";
import { coalesce } from "./records/coalesce.ts";
import { manifestsInTime } from "./records/manifests-in-time.ts";
import { writeManifests } from "./records/write-manifests.ts";
import { createNotebookReader } from "./runs/notebook-reader.ts";
import { DEFAULT_MAX_PARAMETER_BYTES } from "./runs/parameter-size.ts";
import { createRunBatches } from "./runs/run-batches.ts";
import { listenForWakeups } from "./runs/wakeups.ts";
import { startScheduling } from "./schedules/scheduler.ts";
import { startSweeping } from "./runs/sweep.ts";
import { keysFromFile, keysFromText } from "./secrets/secret-keys.ts";
import { ServerError } from "./server-error.ts";
import { createPreviewFiles } from "./tables/preview-files.ts";
import { createTableReader } from "./tables/table-reader.ts";
import { createRunTokens } from "./tokens/run-tokens.ts";
import { startIndexing } from "./search/start-indexing.ts";
import { createSourceStore } from "./sources/source-store.ts";
import { readTraceSettings } from "./tracing/trace-settings.ts";
import { createTracing, NO_TRACING } from "./tracing/tracing.ts";
import { startAdvancing } from "./workflows/advancer.ts";
import { createWorkflowPlans } from "./workflows/workflow-plans.ts";

/** Options of {@link startServer}. */
export interface ServerOptions {
  /** Where everything is kept; made when it is missing. */
  readonly dataDirectory: string;
  /** The user's notebooks. Default `home` in the data directory. */
  readonly homeDirectory?: string;
  /** Variables by which programs that make environments are found and set, traces are sent, and buckets of a view-only server are reached. Default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Further parts of the virtual file system, or others in the place of `/home/USER` and `/shared`. Default: none. */
  readonly mounts?: readonly MountOption[];
  /**
   * Makes a server that changes nothing: all mounts are read-only, the only ones there are, and one may be
   * `/`. Shows them to who has a token, or to anyone. Default: a server that does everything.
   */
  readonly viewOnly?: "anyone" | "token";
  /** Which versions of files stay. Default: the newest 1,000 of every file, for a year after they were replaced. */
  readonly keepVersions?: Partial<KeepVersions>;
  /** Which runs and messages stay, and how long. Default: all runs, and messages for 90 days. */
  readonly retention?: Partial<RetentionPolicy>;
  /** How often what may go is looked for, in milliseconds. Default an hour. */
  readonly retentionEveryMs?: number;
  /** The most bytes of a file that is saved. Default 5 GiB. */
  readonly maxFileBytes?: number;
  /** The most bytes of the parameters of one run or workflow-run, as JSON. Default 1 MiB. */
  readonly maxParameterBytes?: number;
  /** How long the bodies of requests may take. Default: a minute without anything, and five in all unless it is a file. */
  readonly bodyTimes?: BodyTimes;
  /** Address to listen on. Default `127.0.0.1`. */
  readonly host?: string;
  /** Default 8765; 0 takes a free one. */
  readonly port?: number;
  /** `postgres://…`. Default: an embedded database in the data directory. */
  readonly databaseUrl?: string;
  /** Default: that of `tokenFile`. The token of runners is in `runner-token` of the data directory. */
  readonly token?: string;
  /** Made when it is missing. Default `token` in the data directory. */
  readonly tokenFile?: string;
  /** The key that seals secrets, in base64; behind commas earlier ones. Default: that of `secretKeyFile`. */
  readonly secretKey?: string;
  /** Made when it is missing. Default `secret-key` in the data directory. */
  readonly secretKeyFile?: string;
  /** Default: a lease of 30 s that is renewed every 5 s. */
  readonly leases?: LeaseSettings;
  /** No request of a runner waits longer for something to do, in milliseconds. Default 60,000; less where a proxy cuts what is silent. */
  readonly longestWaitMs?: number;
  /** Where the parts of a bundled program are. Default: as the packages have them. */
  readonly assets?: { readonly migrations: string; readonly databaseWorker: string };
  /** The command that reads tables of files; the directory whose files it may read is added. Default: none, and tables are not shown. */
  readonly tableReader?: readonly string[];
  /** The built web app. Default: none, and the server has no pages. */
  readonly pagesDirectory?: string;
  /** Examples that are copied to `/shared/examples` the first time, one of them to be run every minute. Default: none. */
  readonly examplesDirectory?: string;
  /** Names that clients call the server by, beside addresses and those of this machine. */
  readonly allowedHosts?: readonly string[];
  /** What all paths begin with, as `/notes`. Default: nothing. */
  readonly basePath?: string;
  /** Where people reach the server, for links; without a path it has the base path. Default: where it listens. */
  readonly publicUrl?: string;
  /** Where browsers get what people have written: another host, that leads to this server too. Needs `publicUrl`. */
  readonly outputUrl?: string;
  /** Addresses and ranges of proxies whose `X-Forwarded-*` is believed. Default: none. */
  readonly trustedProxies?: readonly string[];
  /** The mail server, as `smtp://user:password@host:587`, and whom mail is from. Default: there is no mail. */
  readonly mail?: { readonly url: string; readonly from: string };
  /** Hosts that webhooks reach although their addresses are private. Default: none. */
  readonly allowedWebhooks?: readonly string[];
  /** What time it is. Default: the clock of the system. */
  readonly now?: () => Date;
  /** Told of every answer and of what went wrong. Default: nobody is told. */
  readonly log?: ServerLog;
}

/** A server that answers. Whoever started it closes it. */
export interface PlatformServer extends AsyncDisposable {
  /** As `http://127.0.0.1:8765`. */
  readonly url: string;
  /** The same for a browser: under the name `localhost` where nobody else can have that, so that outputs have an origin of their own. */
  readonly browserUrl: string;
  readonly token: string;
  /** For runners. */
  readonly runnerToken: string;
  /** This process of the server; another start has another one. */
  readonly instance: string;
  /** Gives no more attempts to runners; everything else is still answered. */
  drain(): void;
  /** Ends the server. Runs that are under way stay so. */
  close(): Promise<void>;
}

/** An idle runner asks at least so often, in milliseconds. */
const RUNNER_SILENCE_MS = 60_000;

const SILENT: ServerLog = { info: () => undefined, error: () => undefined };

const KEEP_VERSIONS: KeepVersions = { count: 1000, forMs: 366 * DAY_MS };

/** What S3 takes in one conditional request. */
const MAX_FILE_BYTES = 5 * 2 ** 30;

const BODY_TIMES: BodyTimes = { silenceMs: 60_000, wholeMs: 300_000 };

const LEASES: LeaseSettings = { leaseMs: 30_000, heartbeatMs: 5000 };

/**
 * Starts the platform's server: opens or makes its data directory and database, and listens.
 *
 * @throws {@link ServerError} `ADDRESS_UNUSABLE`, `SERVER_URL_INVALID`, `TOKEN_FILE_UNUSABLE`, `SECRET_KEY_UNUSABLE`, `MOUNT_INVALID`, `STORE_LOCKED` where a server runs on the data directory, and what the database throws.
 */
export async function startServer(options: ServerOptions): Promise<PlatformServer> {
  const { host = "127.0.0.1", port = 8765, leases = LEASES, longestWaitMs = 60_000, log = SILENT } = options;
  const addresses = readAddresses(options);
  checkProxies(options.trustedProxies ?? []);
  const data = resolve(options.dataDirectory);
  const home = resolve(options.homeDirectory ?? join(data, "home"));
  const directories = {
    shared: join(data, "shared"),
    runs: join(data, "runs"),
    sources: join(data, "sources"),
    backups: join(data, "backups"),
    live: join(data, "live"),
    versions: join(data, "versions"),
  };
  const { viewOnly = null, maxParameterBytes = DEFAULT_MAX_PARAMETER_BYTES } = options;
  if (viewOnly === null && !(await isApart(home, data))) throw showsData(home, data);
  const { mounts: asked = [] } = options;
  const shown = mountedDirectories(asked);
  await refuseShown(options, viewOnly === null ? [home, directories.shared, ...shown] : shown);
  if (options.databaseUrl === undefined) {
    const running = await findRunningServer(data);
    if (running !== null) throw alreadyRunning(data, running);
  }
  // Before anything is made or opened, which takes seconds.
  await checkAddress(host, port);
  await mkdir(data, { recursive: true, mode: 0o700 });
  for (const directory of [home, ...Object.values(directories)]) await mkdir(directory, { recursive: true });
  await sweepUnpacked(data);
  const token = options.token ?? (await readToken(options.tokenFile ?? join(data, "token")));

  const runnerToken = await readToken(join(data, "runner-token"));

  await using started = new AsyncDisposableStack();
  const runnerSilenceMs = Math.max(leases.leaseMs, RUNNER_SILENCE_MS);
  const metrics = createMetrics({
    driver: () => driver,
    now: () => now(),
    runnerSilenceMs,
  });
  const opened = started.use(
    await openDatabase(
      options.databaseUrl ?? `pglite:${join(data, "db")}`,
      options.assets === undefined ? {} : { workerFile: options.assets.databaseWorker },
    ),
  );
  const driver = metrics.measured(opened);
  const { now = () => new Date() } = options;
  await migrate(driver, {
    now: now(),
    ...(options.assets === undefined ? {} : { directory: options.assets.migrations }),
  });
  const records = openFsStore(directories.runs);
  if (await hasLostHistory(driver, records)) {
    log.error(
      {},
      "the database knows nothing of the records in the data directory; if it was lost, stop and call notemill runs import before anything new is run",
    );
  }
  await graceLeases(driver, new Date(now().getTime() + leases.leaseMs));

  const user = userName();
  const writePending = (): Promise<void> => manifestsInTime(platform);
  const newId = createIds();
  const mounts =
    viewOnly === null
      ? await openMounts(
          asked,
          [
            { prefix: `/home/${user}`, store: openFsStore(home) },
            { prefix: "/shared", store: openFsStore(directories.shared) },
            { prefix: "/runs", store: createRunsView(driver, records, writePending), isReadOnly: true },
          ],
          { started, dataDirectory: data },
        )
      : await openViewOnlyMounts(asked, {
          env: options.env ?? process.env,
          started,
          dataDirectory: data,
        });
  const instance = randomUUID();
  const secretKeys =
    options.secretKey === undefined
      ? keysFromFile(options.secretKeyFile ?? join(data, "secret-key"))
      : keysFromText(options.secretKey);
  // Found out now, and not when the first secret is needed.
  await secretKeys.read();
  let url = "";
  const report = (what: string, error: unknown): void => log.error({ err: error }, what);
  const traced = readTraceSettings(options.env ?? process.env);
  const tracing =
    traced === null
      ? NO_TRACING
      : started.use(createTracing(traced, { driver, now, instance, metrics, report }));
  const draining = new AbortController();
  const closing = new AbortController();
  const previews = join(data, "previews");
  if (options.tableReader !== undefined) await mkdir(previews, { recursive: true });
  const indexing = started.use(startIndexing({ driver, mounts, user, closing: closing.signal, report }));
  const platform: Platform = {
    driver,
    mounts,
    notebooks: createNotebookReader(),
    sources: createSourceStore(openFsStore(directories.sources), driver, now),
    environments: openEnvironments(join(data, "environments"), options.env ?? process.env),
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
    tables:
      options.tableReader === undefined
        ? null
        : {
            reader: started.use(createTableReader([...options.tableReader, previews])),
            files: started.use(createPreviewFiles(previews)),
          },
    wakeups: started.use(await listenForWakeups(driver)),
    runnerSilenceMs,
    runTokens: createRunTokens(token),
    secretKeys,
    get publicUrl() {
      return addresses.publicUrl ?? url;
    },
    outerPath: addresses.outerPath,
    canMail: options.mail !== undefined,
    viewOnly,
    user,
    instance,
    leases,
    longestWaitMs,
    now,
    newId,
    advancing: { plans: createWorkflowPlans({ maxParameterBytes }), newId },
    draining: draining.signal,
    closing: closing.signal,
    metrics,
    tracing,
    log,
    report,
  };
  if (options.examplesDirectory !== undefined) {
    await installExamples(platform, options.examplesDirectory);
    indexing.changed("/shared/examples");
  }
  // Who only looks starts nothing and lets nothing go.
  if (viewOnly === null) {
    const sealed = await withSecretKeys(driver, async (queries) =>
      sealPlainWebhooks(queries, await secretKeys.read()),
    );
    if (sealed > 0) log.info({ count: sealed }, "secrets of webhooks sealed");
    started.use(startSweeping(platform));
    started.use(startScheduling(platform));
    started.use(startBackfilling(platform));
    started.use(startWatchingFiles(platform));
    started.use(startAdvancing(platform));
    started.use(startTidying(platform));
    started.use(startRetention(platform, options.retentionEveryMs));
  }
  started.use(startUpkeep(platform));
  const { publicUrl, outputUrl, basePath } = addresses;
  const named = [publicUrl, outputUrl].filter((it) => it !== null).map((it) => new URL(it).hostname);
  const allowedHosts = [...(options.allowedHosts ?? []), ...named];
  const { trustedProxies = [], pagesDirectory } = options;
  const pages = pagesDirectory === undefined ? null : await readPages(pagesDirectory, addresses.outerPath);
  const { bodyTimes = BODY_TIMES } = options;
  const app = createApp(platform, {
    token,
    runnerToken,
    allowedHosts,
    addresses,
    trustedProxies,
    pages,
    bodyTimes,
  });
  started.defer(() => app.close());
  const listening = await app.listen({ host, port }).catch((cause: unknown) => {
    throw cannotListen(host, port, cause);
  });
  url = `${listening}${basePath}`;
  const browserUrl = host === "127.0.0.1" ? await asLocalhost(app, started) : null;
  const mail = options.mail === undefined ? null : started.use(createMailSender(options.mail));
  if (viewOnly === null)
    started.use(startDelivering(platform, { mail, allowedWebhooks: options.allowedWebhooks ?? [] }));
  await writeServerFile(data, { url, pid: process.pid, instance });
  const parts = started.move();
  const close = async (): Promise<void> => {
    draining.abort();
    closing.abort();
    await parts.disposeAsync();
  };
  return {
    url,
    browserUrl: addresses.publicUrl ?? (browserUrl === null ? url : `${browserUrl}${basePath}`),
    token,
    runnerToken,
    instance,
    drain: () => draining.abort(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The address of a server on 127.0.0.1 by the name `localhost`; null where another program has that name too. */
async function asLocalhost(app: FastifyInstance, started: AsyncDisposableStack): Promise<string | null> {
  const { port } = app.server.address() as AddressInfo;
  const second = await listenAsLocalhost(app.server, port);
  if (second === "taken") return null;
  if (second !== null) started.defer(() => void second.close());
  return `http://localhost:${port}`;
}

/** Whether there are records, and a database that has none. */
async function hasLostHistory(driver: Driver, records: Store): Promise<boolean> {
  const known = await listRecords(driver, { after: 0, limit: 1 });
  return known.length === 0 && (await records.list("", { limit: 1 })).entries.length > 0;
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user that nobody has named.
    return "user";
  }
}

function showsData(home: string, data: string): ServerError {
  return new ServerError(
    "MOUNT_INVALID",
    `the home directory "${home}" would show the data directory "${data}", which has the server's tokens and keys; name another one with --home, or put the data elsewhere with --data`,
  );
}
