import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createClient, type PlatformClient } from "../../packages/client/src/index.ts";
import type { Failure, RunEvent } from "../../packages/api/src/index.ts";
import { type RunningCommand, startServing } from "./cli.ts";
import { placeEmptyDatabase } from "./empty-database.ts";
import { endAll, PLATFORM_MARK, processesWith, signalIfThere } from "./processes.ts";

/** `notemill serve` on a data directory of its own, started for a test. */
export interface TestPlatform extends AsyncDisposable {
  readonly client: PlatformClient;
  readonly url: string;
  readonly token: string;
  readonly dataDirectory: string;
  readonly homeDirectory: string;
  /** The variables that make commands find this server. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the server with a signal, its runner not. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends the server's runner with `kill -9`; a server that lives starts another one. */
  killRunner(): Promise<void>;
  /** Starts the server again, where it was. */
  restart(): Promise<void>;
}

/** Starts a server in `directory`, with a runner unless `args` say otherwise, and waits until it answers. */
export async function startPlatform(
  directory: string,
  args: readonly string[] = [],
  more: Readonly<Record<string, string>> = {},
): Promise<TestPlatform> {
  const askedDirectory = join(directory, "data");
  const dataDirectory = join(askedDirectory, args.includes("--view-only") ? "view-only" : "");
  const homeDirectory = join(directory, "home");
  const env = { NOTEMILL_DATA: askedDirectory, NOTEMILL_TOKEN: "", [PLATFORM_MARK]: directory };
  await placeEmptyDatabase(join(dataDirectory, "db"));
  let port = "0";
  let server: RunningCommand;
  const start = async (): Promise<string> => {
    const words = ["serve", "--home", homeDirectory, "--port", port, ...args];
    server = startServing(words, { env: { ...env, ...more }, cwd: directory });
    await server.said("data directory: ");
    const file = await readFile(join(dataDirectory, "server.json"), "utf8").catch(async () => {
      throw new Error(`the server did not start: ${(await server.result).stderr}`);
    });
    return (JSON.parse(file) as { url: string }).url;
  };
  const url = await start();
  port = new URL(url).port;
  const token = (await readFile(join(dataDirectory, "token"), "utf8")).trim();
  return {
    client: createClient({ serverUrl: url, token }),
    url,
    token,
    dataDirectory,
    homeDirectory,
    env,
    async kill(signal) {
      server.process.kill(signal);
      await server.result;
    },
    async killRunner() {
      for (const pid of await processesWith(PLATFORM_MARK, directory)) {
        const words = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
        if (words.split("\0").includes("runner")) signalIfThere(pid, "SIGKILL");
      }
    },
    async restart() {
      await start();
    },
    async [Symbol.asyncDispose]() {
      server.process.kill("SIGTERM");
      await server.result;
      // What outlives its server by design is ended by name; everything else has to be gone by itself.
      await endAll(PLATFORM_MARK, directory);
    },
  };
}

/** An event with its data read. */
interface SeenEvent {
  readonly kind: string;
  readonly attempt: number;
  readonly data: { readonly status?: string; readonly failure?: Failure; readonly cell_id?: string };
}

/** Follows a run to its end. */
export async function follow(client: PlatformClient, id: string, after = 0): Promise<readonly SeenEvent[]> {
  const seen: SeenEvent[] = [];
  for await (const event of client.followRun(id, { after, retries: 600, retryMs: 100 }))
    seen.push(seenEvent(event));
  return seen;
}

/** Reads the data of an event. */
export function seenEvent({ kind, attempt, data }: RunEvent): SeenEvent {
  return { kind, attempt, data: JSON.parse(data.text) as SeenEvent["data"] };
}

/** The statuses that a run went through. */
export function statuses(events: readonly SeenEvent[]): string {
  return events
    .filter(({ kind }) => kind === "run-status-changed")
    .map(({ data }) => data.status)
    .join(" ");
}
