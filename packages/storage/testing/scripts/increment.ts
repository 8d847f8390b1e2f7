/**
 * Adds one to the number in the file `counter` of a store on disk, again and again, and says so on every step.
 *
 * Usage: increment.ts DIRECTORY TIMES
 *
 * A step is a read and a write on condition that nobody wrote in between; where somebody did, it is repeated.
 */
import { openFsStore, readAll } from "../../src/index.ts";

const [directory = "", times = ""] = process.argv.slice(2);
const store = openFsStore(directory);

async function increment(): Promise<boolean> {
  const etag = (await store.stat("counter"))?.etag ?? "";
  const count = Number(Buffer.from(await readAll(store, "counter")).toString());
  try {
    await store.write("counter", String(count + 1), { ifMatch: etag });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "STORAGE_CONFLICT") return false;
    throw error;
  }
}

for (let step = 0; step < Number(times); step += 1) {
  while (!(await increment()));
  process.stdout.write("+");
}
