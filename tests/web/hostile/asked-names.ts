import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the names under `.example` are to the browser, so that its log tells them from all others. */
const EXAMPLES = "asked-name.localhost";

/** The log of a browser's network, in which there is every name under `.example` that it wanted the address of. */
export interface AskedNames extends AsyncDisposable {
  /** What the names under `.example` are to the browser, in place of an address. */
  readonly examples: string;
  /** Further words of the browser's command line. */
  readonly browserArgs: readonly string[];
  /** How often one was asked for, once the browser is closed. */
  count(): number;
}

/** Makes one. */
export async function watchNames(): Promise<AskedNames> {
  const directory = await mkdtemp(join(tmpdir(), "notemill-names-"));
  const file = join(directory, "net-log.json");
  return {
    examples: EXAMPLES,
    browserArgs: [`--log-net-log=${file}`],
    count: () => readFileSync(file, "utf8").split(`"host":"http://${EXAMPLES}`).length - 1,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
