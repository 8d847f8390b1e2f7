import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startMoto } from "../testing/start-moto.ts";
import { killWriters } from "./kill-writers.ts";
import { streamThrough } from "./stream-through.ts";

it("leaves a whole version of the file, and whole lines in the journal, at whichever moment it is killed", async () => {
  const directory = await mkdtemp(join(tmpdir(), "notemill-faults-"));
  await killWriters(directory, 15);
  await rm(directory, { recursive: true });
});

it("sends a file through the s3 driver in pieces that is larger than memory should hold", async () => {
  await using moto = await startMoto();
  await expect(streamThrough("s3", moto.options.endpoint ?? "", moto.bucket)).resolves.toBeUndefined();
});
