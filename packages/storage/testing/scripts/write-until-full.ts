/**
 * Writes into a place with little room in every way that this package has, and tells what came of it, as JSON.
 *
 * Usage: write-until-full.ts DIRECTORY [--ballast]
 *
 * With `--ballast` the place is filled to the last byte in the end.
 */
import { readdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openFsStore, openJournal, openLocation, readJournal } from "../../src/index.ts";

const [directory = "", ballast] = process.argv.slice(2);
const tooMuch = Array.from({ length: 64 }, () => Buffer.alloc(64 * 1024, "n"));

async function codeOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
    return "ok";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  }
}

const location = openLocation("out.ipynb", { cwd: directory });
const store = openFsStore(directory);
const journal = await openJournal(join(directory, "journal"));
await location.write(["old"], { durable: true });
await store.write("stored", "old");
await journal.append('"first"');

const result: Record<string, unknown> = {
  location: await codeOf(() => location.write(tooMuch)),
  create: await codeOf(() => store.write("new", tooMuch, { ifNoneMatch: "*" })),
  replace: await codeOf(() => store.write("stored", tooMuch)),
  journal: await codeOf(() => journal.append(`"${"x".repeat(4 * 1024 * 1024)}"`)),
};
await journal.append('"second"');
result["lines"] = await readJournal(join(directory, "journal"));

if (ballast !== undefined) {
  for (let size = 64 * 1024; size > 0; size = Math.floor(size / 2)) {
    for (let code = "ok"; code === "ok";) {
      code = await codeOf(async () =>
        writeFileSync(join(directory, "ballast"), Buffer.alloc(size), { flag: "a" }),
      );
    }
  }
  result["check"] = await codeOf(() => location.checkWritable());
  result["small"] = await codeOf(() => location.write(["newer than old, and longer than nothing"]));
  unlinkSync(join(directory, "ballast"));
}
await journal.remove();
result["contents"] =
  readFileSync(join(directory, "out.ipynb"), "utf8") + readFileSync(join(directory, "stored"), "utf8");
result["names"] = readdirSync(directory).toSorted();
result["after"] = await codeOf(() => location.checkWritable());
process.stdout.write(JSON.stringify(result));
