import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient, type PlatformClient } from "../../packages/client/src/index.ts";
import { type RunningCommand, startServing } from "./cli.ts";
import { placeEmptyDatabase } from "./empty-database.ts";
import { freePort } from "./postgres.ts";
import { allGone, processesWith } from "./processes.ts";
import { startTcpProxy, type TcpProxy } from "./tcp-proxy.ts";

/** Servers and runners of one platform as processes that a test may end and start as it likes. */
export interface Fleet extends AsyncDisposable {
  readonly servers: readonly FleetServer[];
  readonly runners: readonly FleetRunner[];
  readonly dataDirectory: string;
  readonly homeDirectory: string;
  /** In the environment of every process of the fleet, kernels included. */
  readonly mark: Mark;
  /** Ends everything gently and waits until nothing is left. @throws when something remains. */
  close(): Promise<void>;
}

/** A variable of the environment that tells the processes of one fleet. */
export interface Mark {
  readonly name: string;
  readonly value: string;
}

/** A process of a fleet. */
export interface FleetProcess {
  readonly name: string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again; resolves when it is up. */
  start(): Promise<void>;
  /** Whether it lives. */
  isUp(): boolean;
  /** What all its lives have written to standard error. */
  said(): string;
}

/** A server of a fleet, without a runner of its own. */
export interface FleetServer extends FleetProcess {
  readonly url: string;
  readonly client: PlatformClient;
}

/** A runner of a fleet, with a connection to its server that can be cut. */
export interface FleetRunner extends FleetProcess {
  readonly proxy: TcpProxy;
}

/** Options of {@link startFleet}. */
export interface FleetOptions {
  /** Everything is in here. */
  readonly directory: string;
  /** Where the data directory is. Default `data` in the directory. */
  readonly dataDirectory?: string;
  /** Default: the embedded database, and so one server. */
  readonly databaseUrl?: string;
  readonly servers: number;
  readonly runners: number;
  readonly slots: number;
  readonly leaseSeconds: number;
  /** The labels of each runner. Default: none. */
  readonly labels?: readonly (readonly string[])[];
  /** Hosts, as `127.0.0.1:8080`, that messages may go to. Default: none. */
  readonly allowedWebhooks?: readonly string[];
}

/** What lets into the servers of a fleet. */
export const TOKEN = "the token of a fleet of tests";

/** Starts all processes and waits until they are up. */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { directory, databaseUrl } = options;
  const dataDirectory = options.dataDirectory ?? join(directory, "data");
  const homeDirectory = join(directory, "home");
  const temporary = join(directory, "tmp");
  for (const path of [homeDirectory, temporary]) await mkdir(path, { recursive: true });
  if (databaseUrl === undefined) await placeEmptyDatabase(join(dataDirectory, "db"));
  // A kernel gets variables that look like Python's; kernel hosts and fork servers get TMPDIR.
  const mark = { name: "PYTHON_NOTEMILL_FLEET", value: directory };
  const env = { NOTEMILL_TOKEN: TOKEN, TMPDIR: temporary, [mark.name]: mark.value };

  const servers: FleetServer[] = [];
  for (let index = 0; index < options.servers; index += 1) {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const args = [
      "serve",
      "--no-runner",
      "--data",
      dataDirectory,
      "--home",
      homeDirectory,
      "--port",
      `${port}`,
      "--lease",
      `${options.leaseSeconds}s`,
      ...(databaseUrl === undefined ? [] : ["--db", databaseUrl]),
      ...(options.allowedWebhooks ?? []).flatMap((host) => ["--allow-webhook", host]),
    ];
    const life = processLife(`server ${index}`, args, { env, cwd: directory, sign: "data directory: " });
    servers.push({ ...life, url, client: createClient({ serverUrl: url, token: TOKEN }) });
    await life.start();
  }
  const runners: FleetRunner[] = [];
  for (let index = 0; index < options.runners; index += 1) {
    const server = servers[index % servers.length];
    const proxy = await startTcpProxy(Number(new URL(server?.url ?? "").port));
    const args = [
      "runner",
      "--server",
      `http://127.0.0.1:${proxy.port}`,
      "--name",
      `runner ${index}`,
      "--slots",
      `${options.slots}`,
      "--work",
      join(directory, "attempts"),
      ...(options.labels?.[index] ?? []).flatMap((label) => ["--label", label]),
    ];
    const life = processLife(`runner ${index}`, args, { env, cwd: directory, sign: "takes runs from" });
    runners.push({ ...life, proxy });
    await life.start();
  }

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    for (const { proxy } of runners) proxy.mend();
    await Promise.all(runners.map((runner) => runner.end(signal)));
    await Promise.all(servers.map((server) => server.end(signal)));
    for (const { proxy } of runners) await proxy[Symbol.asyncDispose]();
  };
  let isClosed = false;
  return {
    servers,
    runners,
    dataDirectory,
    homeDirectory,
    mark,
    async close() {
      isClosed = true;
      await end("SIGTERM");
      await allGone(mark.name, mark.value);
    },
    async [Symbol.asyncDispose]() {
      if (isClosed) return;
      await end("SIGKILL");
      for (const pid of await processesWith(mark.name, mark.value)) kill(pid);
    },
  };
}

/** A command that may be ended and started again. */
function processLife(
  name: string,
  args: readonly string[],
  { env, cwd, sign }: { env: Readonly<Record<string, string>>; cwd: string; sign: string },
): FleetProcess {
  let command: RunningCommand | undefined;
  const said: string[] = [];
  return {
    name,
    said: () => said.join(""),
    isUp: () =>
      command !== undefined && command.process.exitCode === null && command.process.signalCode === null,
    async start() {
      const started = startServing(args, { env, cwd });
      command = started;
      started.process.stderr?.on("data", (text: string) => said.push(text));
      await started.said(sign);
      const { exitCode, signalCode } = started.process;
      if (exitCode !== null || signalCode !== null)
        throw new Error(`${name} did not start: ${(await started.result).stderr}`);
    },
    async end(signal) {
      command?.process.kill(signal);
      await command?.result;
    },
  };
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended in the meantime.
  }
}

/** The bytes of a file as text, or nothing where there is none. */
export function textOf(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
