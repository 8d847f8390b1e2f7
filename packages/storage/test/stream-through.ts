import { expect } from "vitest";
import { run, scriptCommand } from "../testing/run-script.ts";

const MEGABYTES = 200;
const ALLOWED = 160 * 1024 * 1024;

/** Sends a file through a store that is larger than memory should hold; `place` is what opens the store. */
export async function streamThrough(kind: "fs" | "s3", ...place: readonly string[]): Promise<void> {
  const ended = await run(scriptCommand("stream-through.ts", [String(MEGABYTES), kind, ...place]));
  expect(ended.stderr).toBe("");
  const result = JSON.parse(ended.stdout) as { before: number; after: number; size: number; read: number };
  expect(result).toMatchObject({ size: MEGABYTES * 1024 * 1024, read: MEGABYTES * 1024 * 1024 });
  expect(result.after - result.before).toBeLessThan(ALLOWED);
}
