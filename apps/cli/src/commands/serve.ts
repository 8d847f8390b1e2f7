import { existsSync } from "node:fs";
import { join } from "node:path";
import { jsonLog, type PlatformServer, type ServerOptions, startServer, textLog } from "@notemill/server";
import { asTyped } from "../command-line/as-typed.ts";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { dataDirectory } from "../platform/data-directory.ts";
import { readLabels } from "../platform/runner-labels.ts";
import { startRunnerProcess } from "../platform/runner-process.ts";
import { secondSignal } from "../platform/second-signal.ts";
import { SERVE_OPTIONS } from "./serve/serve-options.ts";
import { serverOptions } from "./serve/server-options.ts";
import { checkViewOnly } from "./serve/what-is-shown.ts";

/** `notemill serve`: the platform's server, with a runner. */
export const serveCommand: Command = {
  name: "serve",
  summary: "Start the platform server, and a runner for it",
  description:
    "The server takes notebooks over HTTP, keeps what is to be run and what has been run in a database, and keeps a record of every attempt. The runner is a process of its own: runs go on when the server is killed, and are handed in when it is back.\n\nCtrl-C takes no more runs and waits for those under way; a second one gives them up, to be run again at the next start.",
  arguments: [],
  options: SERVE_OPTIONS,
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
  const isJson = options.text("log") === "json";
  const log = isJson ? jsonLog(write) : textLog(write);
  const settings = serverOptions(options, terminal);
  const missing = missingDirectories(options, { home: settings.homeDirectory, data });
  // A start takes seconds, and the first one longer.
  if (isJson) log.info({}, "starting");
  else report("starting …");
  const server = await startServer({ ...settings, dataDirectory: data, log });
  for (const [kind, directory] of missing) {
    // It may have been meant to be there: a slip of the pen looks like a new directory.
    if (isJson) log.info({ directory }, `the ${kind} directory was not there and was made`);
    else report(`the ${kind} directory "${directory}" was not there and was made`);
  }
  stdout.write(`notemill is at ${server.url}\ndata directory: ${data}\n`);
  // For the person who looks: the token is in no file and no log by this.
  if (stdout.isTTY) stdout.write(`open in a browser: ${server.browserUrl}/?token=${server.token}\n`);
  else if (settings.viewOnly !== "anyone")
    stdout.write(
      `sign in: open ${server.browserUrl} in a browser, and give the token, which is in ${tokenPlace(settings, data)}\n`,
    );
  if (options.flag("examples") === true) stdout.write(asTyped(EXAMPLES_HINT, terminal));
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

/** Where the token is that the server takes. */
function tokenPlace({ token, tokenFile }: Partial<ServerOptions>, data: string): string {
  return token === undefined ? (tokenFile ?? join(data, "token")) : "$NOTEMILL_TOKEN";
}

/** The directories that somebody has named and that are not there, which the server makes. */
function missingDirectories(
  options: ParsedCommandLine["options"],
  { home, data }: { readonly home: string | undefined; readonly data: string },
): readonly (readonly ["data" | "home", string])[] {
  const named = [
    ["data", options.isGiven("data") ? data : undefined],
    ["home", options.flag("viewOnly") === true ? undefined : home],
  ] as const;
  return named.flatMap(([kind, path]) => (path === undefined || existsSync(path) ? [] : [[kind, path]]));
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

/** What there is to see. */
const EXAMPLES_HINT = `examples: /shared/examples, one of which runs every minute
watch them: notemill runs list · notemill schedules list · notemill runs logs -f ID
`;
