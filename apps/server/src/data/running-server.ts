import { StoreError } from "@notemill/store";
import { readServerFile, type ServerFile } from "./server-file.ts";

/**
 * Finds the server that runs on a data directory of this machine: its process is there, and it
 * answers as the one that wrote `server.json`. Null for none, and for one that does not answer.
 */
export async function findRunningServer(dataDirectory: string): Promise<ServerFile | null> {
  const file = await readServerFile(dataDirectory);
  // In a container the processes of every start have the same numbers.
  if (file === null || file.pid === process.pid || !isAlive(file.pid)) return null;
  try {
    const answer = await fetch(`${file.url}/api/v1/health`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const { instance } = (await answer.json()) as { readonly instance?: unknown };
    return instance === file.instance ? file : null;
  } catch {
    return null;
  }
}

/** How long a server may take to say that it is there, in milliseconds. */
const ANSWER_MS = 2000;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Says that a server has the embedded database of a data directory, and what to do. */
export function alreadyRunning(dataDirectory: string, { pid, url }: ServerFile): StoreError {
  return new StoreError(
    "STORE_LOCKED",
    `a server is already running on the data directory "${dataDirectory}": process ${pid}, at ${url}; use that one, end it (Ctrl-C where it was started, or kill ${pid}), or give this one another directory with --data`,
    { details: { directory: dataDirectory, pid, url } },
  );
}
