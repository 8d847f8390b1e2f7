/**
 * Replaces a file again and again until it is killed, and says so on every step.
 *
 * Usage: write-for-ever.ts FILE JOURNAL
 *
 * A version of the file is one digit, repeated; lines of the journal are `{"n": 0}`, `{"n": 1}` and so on.
 */
import { openJournal, openLocation } from "../../src/index.ts";

const [file = "", journalPath = ""] = process.argv.slice(2);
const location = openLocation(file);
const journal = await openJournal(journalPath);
const PIECE = 64 * 1024;

function* version(digit: number): Generator<Uint8Array> {
  for (let piece = 0; piece < 20; piece += 1) {
    process.stdout.write(".");
    yield Buffer.alloc(PIECE, String(digit));
  }
}

for (let round = 0; ; round += 1) {
  await location.write(version(round % 10), { durable: round % 3 === 0 });
  await journal.append(JSON.stringify({ n: round, padding: "x".repeat(5000) }));
  process.stdout.write("!");
}
