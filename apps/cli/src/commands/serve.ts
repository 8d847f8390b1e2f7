import { realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { jsonLog, type PlatformServer, type ServerOptions, startServer, textLog } from "@notemill/server";
import type { Command, OptionValues, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { commuterMounts, commuterPort, commuterS3Variables } from "../platform/commuter-variables.ts";
import { TOKEN_FILE_OPTION } from "../platform/connect.ts";
import { DATA_OPTION, dataDirectory } from "../platform/data-directory.ts";
import { readLabels } from "../platform/runner-labels.ts";
import { startRunnerProcess } from "../platform/runner-process.ts";
import { secondSignal } from "../platform/second-signal.ts";

/** `notemill serve`: the platform's server, with a runner. */
export const serveCommand: Command = {
  name: "serve",
  summary: "Start the platform server, and a runner for it",
  description:
    "The server takes notebooks over HTTP, keeps what is to be run and what has been run in a database, and keeps a record of every attempt. The runner is a process of its own: runs go on when the server is killed, and are handed in when it is back.\n\nCtrl-C takes no more runs and waits for those under way; a second one gives them up, to be run again at the next start.",
  arguments: [],
  options: [
    {
      name: "home",
      flags: ["--home"],
      values: ["DIRECTORY"],
      help: "Directory of your notebooks, which are ~/… for the server. Default: home in the data directory.",
    },
    DATA_OPTION,
    {
      name: "mount",
      flags: ["--mount"],
      values: ["PREFIX=URL"],
      repeatable: true,
      help: "Show a directory or bucket in the virtual file system, as /data=/srv/data or /lake=s3://bucket/path; /home/USER and /shared can be put elsewhere.",
    },
    {
      name: "viewOnly",
      flags: ["--view-only"],
      help: "Show the mounts and change nothing: there are no others, one may be /, and nothing runs. Without --mount Commuter's variables say what is shown. Its data directory is view-only in that of a server that runs things, and its database is its own.",
    },
    {
      name: "anyone",
      flags: ["--anyone"],
      help: "With --view-only: show the files to anybody who reaches the server, without a token.",
    },
    {
      name: "keepVersions",
      flags: ["--keep-versions"],
      values: ["N"],
      type: "integer",
      help: "How many versions of a file stay. Default 1000.",
    },
    {
      name: "keepVersionsFor",
      flags: ["--keep-versions-for"],
      values: ["DURATION"],
      type: "duration",
      help: "How long a version stays after it was replaced, as 90d. Default 366d.",
    },
    {
      name: "keepRuns",
      flags: ["--keep-runs"],
      values: ["DURATION"],
      type: "duration",
      help: "How long the events and files of a run stay behind its end, as 90d; then a tombstone takes their place. Default: for ever.",
    },
    {
      name: "keepFailedRuns",
      flags: ["--keep-failed-runs"],
      values: ["DURATION"],
      type: "duration",
      help: "The same for runs that did not succeed. Default four times as long.",
    },
    {
      name: "keepLatest",
      flags: ["--keep-latest"],
      values: ["N"],
      type: "integer",
      help: "The newest runs of every notebook that stay however old they are. Default 1.",
    },
    {
      name: "mostRuns",
      flags: ["--most-runs"],
      values: ["N"],
      type: "integer",
      help: "The newest runs of every notebook that stay at all; those that did not succeed stay among four times as many. Default: any number.",
    },
    {
      name: "keepMessages",
      flags: ["--keep-messages"],
      values: ["DURATION"],
      type: "duration",
      help: "How long messages can be looked up after they were sent. Default 90d.",
    },
    {
      name: "port",
      flags: ["--port"],
      values: ["N"],
      type: "integer",
      help: "Default 8765; 0 takes a free one.",
    },
    {
      name: "host",
      flags: ["--host"],
      values: ["ADDRESS"],
      help: "Address to listen on. Default 127.0.0.1.",
    },
    {
      ...TOKEN_FILE_OPTION,
      help: "File with the token that clients have to send; made when it is missing. Default: token in the data directory; $NOTEMILL_TOKEN is the token itself.",
    },
    {
      name: "secretKeyFile",
      flags: ["--secret-key-file"],
      values: ["PATH"],
      help: "File with the key that seals secrets; made when it is missing. Default: secret-key in the data directory; $NOTEMILL_SECRET_KEY is the key itself.",
    },
    {
      name: "db",
      flags: ["--db"],
      values: ["URL"],
      help: "Database, as postgres://user@host/name. Default $NOTEMILL_DB, else an embedded one in the data directory.",
    },
    {
      name: "lease",
      flags: ["--lease"],
      values: ["DURATION"],
      type: "duration",
      help: "How long a runner may be silent before its attempts are given to others; it is heard of six times as often. Default 30s.",
    },
    {
      name: "label",
      flags: ["--label"],
      values: ["LABEL"],
      repeatable: true,
      help: "What the runner has that the server starts, as gpu or region=eu: runs may need it.",
    },
    {
      name: "allowHost",
      flags: ["--allow-host"],
      values: ["NAME"],
      repeatable: true,
      help: "A name that clients call this server by; addresses, localhost and the machine's own name always work.",
    },
    {
      name: "baseUrl",
      flags: ["--base-url"],
      values: ["PATH"],
      help: "What all paths of the server begin with, as /notes, for one behind a proxy that does not take it away. Default /.",
    },
    {
      name: "publicUrl",
      flags: ["--public-url"],
      values: ["URL"],
      help: "Where people reach the server, as https://notes.example: for links, cookies and redirects. Without a path it has that of --base-url. Default: where it listens.",
    },
    {
      name: "outputUrl",
      flags: ["--output-url"],
      values: ["URL"],
      help: "Another host that leads to this server, as https://outputs.example, from which browsers get what people have written; needs --public-url. Default: 127.0.0.1 for an app on localhost; else there is one origin, and nothing of that is active.",
    },
    {
      name: "trustProxy",
      flags: ["--trust-proxy"],
      values: ["ADDRESS"],
      repeatable: true,
      help: "A proxy, as 10.0.0.5 or 10.0.0.0/8, whose X-Forwarded-For and X-Forwarded-Proto are believed. Default: none.",
    },
    {
      name: "allowWebhook",
      flags: ["--allow-webhook"],
      values: ["HOST"],
      repeatable: true,
      help: "A host, as chat.internal or 10.0.0.5:8080, that messages may go to although its address is private.",
    },
    {
      name: "mailFrom",
      flags: ["--mail-from"],
      values: ["ADDRESS"],
      help: "Whom mail is from. The mail server is $NOTEMILL_SMTP_URL, as smtp://user:password@host:587; without it no mail is sent.",
    },
    {
      name: "log",
      flags: ["--log"],
      values: ["FORMAT"],
      choices: ["text", "json"],
      help: "What goes to standard error: text says what went wrong, json has a line for every answer too. Default text.",
    },
    {
      name: "examples",
      flags: ["--examples"],
      help: "The first time, put example notebooks into /shared/examples, and schedule one of them for every minute.",
    },
    { name: "noRunner", flags: ["--no-runner"], help: "Start no runner; start them with notemill runner." },
  ],
  examples: [
    ["notemill serve --home ~/notebooks", "serve your notebooks on this machine"],
    [
      "notemill serve --view-only --mount /=s3://bucket/notebooks",
      "show the notebooks of a bucket, and change nothing",
    ],
    [
      "notemill serve --db postgres://notemill@db/notemill --no-runner",
      "with a database server and runners elsewhere",
    ],
  ],
  run: serve,
};

async function serve({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout, stderr, env, interrupted } = terminal;
  const isViewOnly = options.flag("viewOnly") === true;
  if (!isViewOnly && options.flag("anyone") === true)
    throw new UsageError("option --anyone: only a server with --view-only shows itself to anybody");
  // What another server keeps is not what is shown, wherever it is.
  const data = join(dataDirectory(options, terminal), isViewOnly ? "view-only" : "");
  const write = (line: string): void => void stderr.write(line);
  const report = (message: string): void => write(`notemill: ${message}\n`);
  const labels = readLabels(options);
  if (isViewOnly) checkViewOnly(options, terminal);
  const server = await startServer({
    ...serverOptions(options, terminal),
    dataDirectory: data,
    log: options.text("log") === "json" ? jsonLog(write) : textLog(write),
  });
  stdout.write(`notemill is at ${server.url}\ndata directory: ${data}\n`);
  // For the person who looks: the token is in no file and no log by this.
  if (stdout.isTTY) stdout.write(`open in a browser: ${server.browserUrl}/?token=${server.token}\n`);
  if (options.flag("examples") === true) stdout.write(EXAMPLES_HINT);
  const runner =
    isViewOnly || options.flag("noRunner") === true
      ? null
      : startRunnerProcess({
          serverUrl: server.url,
          token: server.runnerToken,
          instance: server.instance,
          dataDirectory: data,
          labels,
          env,
          report,
        });
  // The signal may have come while the server started.
  if (!interrupted.aborted)
    await new Promise((resolve) => interrupted.addEventListener("abort", resolve, { once: true }));
  await end(server, runner, report);
  return 0;
}

/** @throws {@link UsageError} where an option would show what another server knows, or change what is shown. */
function checkViewOnly(options: OptionValues, { env }: Terminal): void {
  const db = options.text("db") === undefined ? env["NOTEMILL_DB"] && "$NOTEMILL_DB" : "option --db";
  if (db !== undefined && db !== "")
    throw new UsageError(
      `${db}: a server with --view-only has a database of its own, so that it shows nothing of another server; leave it out`,
    );
  if (options.flag("examples") === true)
    throw new UsageError(
      "option --examples: a server with --view-only writes nothing into what it shows; leave it out",
    );
}

async function end(
  server: PlatformServer,
  runner: ReturnType<typeof startRunnerProcess> | null,
  report: (message: string) => void,
): Promise<void> {
  using again = secondSignal();
  server.drain();
  if (runner !== null) {
    again.addEventListener("abort", () => runner.stop(), { once: true });
    report("waiting for runs that are under way; Ctrl-C again gives them up");
    await runner.drain();
  }
  await server.close();
}

function serverOptions(options: OptionValues, { env, cwd }: Terminal): Omit<ServerOptions, "dataDirectory"> {
  const home = options.text("home") ?? env["NOTEMILL_HOME"];
  const host = options.text("host");
  const isViewOnly = options.flag("viewOnly") === true;
  const port = options.number("port") ?? (isViewOnly ? commuterPort(env) : undefined);
  const tokenFile = options.text("tokenFile");
  const secretKeyFile = options.text("secretKeyFile");
  const secretKey = secretKeyFile === undefined ? env["NOTEMILL_SECRET_KEY"] : undefined;
  const databaseUrl = options.text("db") ?? env["NOTEMILL_DB"];
  const lease = options.number("lease");
  const keepVersions = options.number("keepVersions");
  const keepVersionsFor = options.number("keepVersionsFor");
  if (keepVersions !== undefined && keepVersions < 1)
    throw new UsageError("option --keep-versions: give 1 or more");
  const retention = retentionPolicy(options);
  const baseUrl = options.text("baseUrl");
  const publicUrl = options.text("publicUrl");
  const outputUrl = options.text("outputUrl");
  const smtpUrl = env["NOTEMILL_SMTP_URL"] || undefined;
  const mailFrom = options.text("mailFrom");
  if (smtpUrl === undefined && mailFrom !== undefined)
    throw new UsageError("option --mail-from: there is no mail without $NOTEMILL_SMTP_URL");
  if (smtpUrl !== undefined && mailFrom === undefined)
    throw new UsageError("$NOTEMILL_SMTP_URL is set: say whom mail is from with --mail-from");
  const token = tokenFile === undefined ? env["NOTEMILL_TOKEN"] : undefined;
  // Beside the bundle that this is a part of.
  const bundle = dirname(realpathSync(process.argv[1] ?? ""));
  return {
    ...(home === undefined ? {} : { homeDirectory: resolve(cwd, home) }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(tokenFile === undefined ? {} : { tokenFile: resolve(cwd, tokenFile) }),
    ...(secretKeyFile === undefined ? {} : { secretKeyFile: resolve(cwd, secretKeyFile) }),
    ...(secretKey === undefined || secretKey === "" ? {} : { secretKey }),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(token === undefined || token === "" ? {} : { token }),
    ...(options.flag("examples") === true ? { examplesDirectory: join(bundle, "examples") } : {}),
    allowedHosts: options.texts("allowHost"),
    allowedWebhooks: options.texts("allowWebhook"),
    ...(baseUrl === undefined ? {} : { basePath: baseUrl }),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    ...(outputUrl === undefined ? {} : { outputUrl }),
    trustedProxies: options.texts("trustProxy"),
    ...(smtpUrl === undefined || mailFrom === undefined ? {} : { mail: { url: smtpUrl, from: mailFrom } }),
    ...whatIsShown(options, { env, cwd }),
    keepVersions: {
      ...(keepVersions === undefined ? {} : { count: keepVersions }),
      ...(keepVersionsFor === undefined ? {} : { forMs: keepVersionsFor * 1000 }),
    },
    retention,
    ...(lease === undefined ? {} : { leases: leaseSettings(lease) }),
    pagesDirectory: join(bundle, "pages"),
    tableReader: [
      process.execPath,
      "--max-old-space-size=512",
      realpathSync(process.argv[1] ?? ""),
      "__table-reader",
    ],
    assets: { migrations: join(bundle, "sql"), databaseWorker: join(bundle, "database-worker.js") },
  };
}

/** Which runs and messages stay. */
function retentionPolicy(options: OptionValues): NonNullable<ServerOptions["retention"]> {
  const ms = (name: string): number | undefined => {
    const seconds = options.number(name);
    return seconds === undefined ? undefined : seconds * 1000;
  };
  const runsMs = ms("keepRuns");
  const failedRunsMs = ms("keepFailedRuns");
  const messagesMs = ms("keepMessages");
  const keepLatest = options.number("keepLatest");
  const mostRuns = options.number("mostRuns");
  if (failedRunsMs !== undefined && runsMs === undefined)
    throw new UsageError("option --keep-failed-runs: say how long the others stay with --keep-runs");
  if (keepLatest !== undefined && runsMs === undefined)
    throw new UsageError("option --keep-latest: without --keep-runs all runs stay");
  if (mostRuns !== undefined && mostRuns < Math.max(1, keepLatest ?? 1))
    throw new UsageError(`option --most-runs: give ${Math.max(1, keepLatest ?? 1)} or more`);
  return {
    ...(runsMs === undefined ? {} : { runsMs }),
    ...(failedRunsMs === undefined ? {} : { failedRunsMs }),
    ...(keepLatest === undefined ? {} : { keepLatest }),
    ...(mostRuns === undefined ? {} : { mostRuns }),
    ...(messagesMs === undefined ? {} : { messagesMs }),
  };
}

/** The mounts, and whether nothing in them is changed. */
function whatIsShown(
  options: OptionValues,
  { env, cwd }: Pick<Terminal, "env" | "cwd">,
): Pick<ServerOptions, "mounts" | "viewOnly" | "env"> {
  const mounts = options.texts("mount").map((text) => readMount(text, cwd));
  if (options.flag("viewOnly") !== true) return { mounts };
  const shown = mounts.length > 0 ? mounts : commuterMounts(env, cwd);
  if (shown.length === 0)
    throw new UsageError("option --view-only: say what is shown, as --mount /=s3://bucket/notebooks");
  return {
    mounts: shown,
    viewOnly: options.flag("anyone") === true ? "anyone" : "token",
    env: { ...env, ...commuterS3Variables(env) },
  };
}

/** A mount, its directory relative to where the command was called. */
function readMount(text: string, cwd: string): NonNullable<ServerOptions["mounts"]>[number] {
  const [, prefix, url] = /^(\/[^=]*)=(.+)$/.exec(text) ?? [];
  if (prefix === undefined || url === undefined)
    throw new UsageError(`option --mount: "${text}" is not like /data=/srv/data or /lake=s3://bucket/path`);
  return { prefix, url: /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : resolve(cwd, url) };
}

/** A lease with the heartbeats that go with it. @param lease - In seconds. */
function leaseSettings(lease: number): NonNullable<ServerOptions["leases"]> {
  if (!(lease >= LEAST_LEASE)) throw new UsageError(`option --lease: give ${LEAST_LEASE}s or more`);
  const leaseMs = Math.round(lease * 1000);
  return { leaseMs, heartbeatMs: Math.round(leaseMs / 6) };
}

/** What there is to see. */
const EXAMPLES_HINT = `examples: /shared/examples, one of which runs every minute
watch them: notemill runs list · notemill schedules list · notemill runs logs -f ID
`;

/** A shorter lease is over before a kernel has been stopped, in seconds. */
const LEAST_LEASE = 2;
