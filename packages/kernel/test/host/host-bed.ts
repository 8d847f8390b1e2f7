import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startHostedKernel } from "../../src/index.ts";
import type { HostedKernel, KernelWarning, StartHostedKernelOptions } from "../../src/index.ts";
import { BUNDLED_HOST } from "../../testing/bundled-command.ts";
import { pythonKernelspec } from "./python-environment.ts";
import { isAlive, processesWith } from "./process-table.ts";
import { untilEqual } from "./until-equal.ts";

/** A place for kernel hosts of one test, which knows what they leave behind. */
export interface HostBed {
  readonly runtimeDir: string;
  readonly warnings: KernelWarning[];
  /** What a Python kernel in this place is started with. */
  options(): Promise<StartHostedKernelOptions>;
  start(options?: Partial<StartHostedKernelOptions>): Promise<HostedKernel>;
  /** The processes of kernels and hosts. */
  processes(): readonly number[];
  /** Waits until no process and no file is left; fails if that does not happen. */
  untilEmpty(): Promise<void>;
  /** Checks that nothing is left, and deletes the place. */
  close(): Promise<void>;
}

/** Makes a place for kernel hosts. */
export async function makeHostBed(): Promise<HostBed> {
  const runtimeDir = await mkdtemp(join(tmpdir(), "nm-hosts-"));
  const mark = `NOTEMILL_TEST_BED=${randomUUID()}`;
  const warnings: KernelWarning[] = [];
  const [name = "", value = ""] = mark.split("=");
  const bed: HostBed = {
    runtimeDir,
    warnings,
    options: async () => ({
      kernelspec: await pythonKernelspec(),
      hostCommand: BUNDLED_HOST,
      cwd: tmpdir(),
      env: { ...process.env, [name]: value },
      runtimeDir,
      onWarning: (warning) => void warnings.push(warning),
    }),
    start: async (options = {}) => startHostedKernel({ ...(await bed.options()), ...options }),
    processes: () => processesWith({ environment: mark, argument: runtimeDir }),
    async untilEmpty() {
      await untilEqual(bed.processes, []);
      await untilEqual(() => readdir(runtimeDir), []);
    },
    async close() {
      try {
        await bed.untilEmpty();
      } finally {
        for (const pid of bed.processes()) process.kill(pid, "SIGKILL");
        await rm(runtimeDir, { recursive: true, force: true });
      }
    },
  };
  return bed;
}

/** Waits until a process has ended. */
export async function untilGone(pid: number): Promise<void> {
  await untilEqual(() => isAlive(pid), false);
}
