import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { startPlatform } from "../support/platform.ts";

it("the status says how much room there is, and which mount cannot be used", async () => {
  await using cleanup = new AsyncDisposableStack();
  const directory = await mkdtemp(join(tmpdir(), "notemill-storage-status-"));
  cleanup.defer(() => rm(directory, { recursive: true, force: true }));
  const [lent, gone] = [join(directory, "lent"), join(directory, "gone")];
  await mkdir(lent);
  await mkdir(join(directory, "home"));
  const platform = cleanup.use(await startPlatform(directory, ["--mount", `/lent=${lent}`]));
  await rename(lent, gone);

  const { mounts, records } = await platform.client.status();
  const room = { free_bytes: expect.any(Number) as number, total_bytes: expect.any(Number) as number };
  expect(records).toEqual({ problem: null, space: room });
  expect(records.space?.free_bytes).toBeLessThanOrEqual(records.space?.total_bytes ?? 0);
  expect(mounts).toEqual([
    { path: expect.stringMatching(/^\/home\//) as string, is_writable: true, problem: null, space: room },
    { path: "/shared", is_writable: true, problem: null, space: room },
    { path: "/runs", is_writable: false, problem: null, space: null },
    { path: "/lent", is_writable: true, problem: expect.any(String) as string, space: null },
  ]);
});
