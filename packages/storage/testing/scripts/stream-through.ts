/**
 * Writes a large file into a store, under a condition and without, and reads it back.
 *
 * Usage: stream-through.ts MEGABYTES (fs DIRECTORY | s3 ENDPOINT BUCKET)
 *
 * Prints the largest memory of this process before and after, in bytes, as JSON.
 */
import { openFsStore, openS3Store, type Store } from "../../src/index.ts";

const [megabytes = "", kind, place = "", bucket = ""] = process.argv.slice(2);
const PIECE = 1024 * 1024;

function store(): Store {
  if (kind === "fs") return openFsStore(place);
  const env = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  return openS3Store({ endpoint: place, bucket, region: "us-east-1", env });
}

function* pieces(): Generator<Uint8Array> {
  for (let count = 0; count < Number(megabytes); count += 1) yield Buffer.alloc(PIECE, count % 251);
}

function peak(): number {
  return process.resourceUsage().maxRSS * 1024;
}

const tested = store();
await tested.write("warm", Buffer.alloc(PIECE));
const before = peak();
await tested.write("large", pieces());
const { etag, size } = await tested.write("created", pieces(), { ifNoneMatch: "*" });
let read = 0;
for await (const piece of (await tested.read("created")).bytes) read += piece.byteLength;
process.stdout.write(JSON.stringify({ before, after: peak(), size, read, etag }));
