import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { openFsStore } from "@notemill/storage";

/** Where the server of a data directory can be reached. */
export interface ServerFile {
  readonly url: string;
  readonly pid: number;
  readonly instance: string;
}

const NAME = "server.json";

/** Notes where the server is, for commands on the same machine. */
export async function writeServerFile(dataDirectory: string, file: ServerFile): Promise<void> {
  await openFsStore(dataDirectory).write(NAME, `${JSON.stringify(file)}\n`);
}

/** Reads what the last server of a data directory has noted, which may have ended; null where there was none. */
export async function readServerFile(dataDirectory: string): Promise<ServerFile | null> {
  try {
    return JSON.parse(await readFile(join(dataDirectory, NAME), "utf8")) as ServerFile;
  } catch {
    return null;
  }
}
