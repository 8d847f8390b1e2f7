import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, closeSync } from "node:fs";
import { join } from "node:path";

/** The runner that a server has started, and starts again when it ends unasked. */
export interface RunnerProcess {
  /** Lets it finish what it has; resolves when it has ended. */
  drain(): Promise<void>;
  /** Lets it give up what it has. */
  stop(): void;
}

/** What the runner is started with. */
export interface RunnerProcessOptions {
  readonly serverUrl: string;
  readonly token: string;
  /** This process of the server. */
  readonly instance: string;
  readonly dataDirectory: string;
  /** What it has that runs may need. */
  readonly labels: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly report: (message: string) => void;
}

/** How long to wait before a runner that has ended is started again, in milliseconds. */
const AGAIN_MS = 1000;

/**
 * Starts a runner as a process of its own, in a process group of its own: neither
 * the end of the server nor a Ctrl-C at its terminal ends it. It writes to
 * `runner.log` in the data directory.
 */
export function startRunnerProcess(options: RunnerProcessOptions): RunnerProcess {
  let isDraining = false;
  let child: ChildProcess;
  let ended: Promise<unknown>;
  let again: NodeJS.Timeout | undefined;

  const start = (): void => {
    child = spawnRunner(options);
    ended = once(child, "exit").catch(() => undefined);
    child.once("exit", (code, signal) => {
      if (isDraining) return;
      options.report(`the runner has ended (${signal ?? code}); see runner.log; starting another`);
      again = setTimeout(start, AGAIN_MS);
    });
    child.once("error", (error) => options.report(`the runner cannot be started: ${error.message}`));
  };
  start();
  return {
    async drain() {
      isDraining = true;
      clearTimeout(again);
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        await ended;
      }
    },
    stop: () => void child.kill("SIGTERM"),
  };
}

function spawnRunner({
  serverUrl,
  token,
  instance,
  dataDirectory,
  labels,
  env,
}: RunnerProcessOptions): ChildProcess {
  const log = openSync(join(dataDirectory, "runner.log"), "a", 0o600);
  try {
    const places = [
      "--work",
      join(dataDirectory, "attempts"),
      "--environments",
      join(dataDirectory, "environments"),
    ];
    const words = [
      "runner",
      "--server",
      serverUrl,
      ...places,
      ...labels.flatMap((label) => ["--label", label]),
    ];
    return spawn(process.execPath, [process.argv[1] ?? "", ...words], {
      detached: true,
      stdio: ["ignore", log, log],
      // What seals secrets is none of its business.
      env: { ...env, NOTEMILL_SECRET_KEY: undefined, NOTEMILL_TOKEN: token, NOTEMILL_STARTED_BY: instance },
    });
  } finally {
    closeSync(log);
  }
}
