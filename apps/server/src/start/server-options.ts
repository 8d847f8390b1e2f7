import type { BodyTimes } from "../http/slow-bodies.ts";
import type { MountOption } from "../mounts/open-mounts.ts";
import type { ServerLog } from "../operations/server-log.ts";
import type { KeepVersions, LeaseSettings } from "../platform.ts";
import type { RetentionPolicy } from "../retention/policy.ts";

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
