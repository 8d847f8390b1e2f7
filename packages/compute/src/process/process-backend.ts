import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ComputeBackend, Workload, WorkloadStatus } from "../compute-backend.ts";
import { ComputeError } from "../compute-error.ts";
import { holdProcesses } from "../hold-processes.ts";
import { limitResources } from "../limits/limit-resources.ts";
import { lookAfter, type ProcessWorkload, statusOf } from "./process-workload.ts";
import { SUPERVISOR, WATCHER } from "./supervisor-script.ts";
import {
  processStart,
  readTail,
  readWorkloadFile,
  type WorkloadFile,
  writeWorkloadFile,
} from "./workload-files.ts";

/** Options of {@link openProcessBackend}. */
export interface ProcessBackendOptions {
  /** Where workloads have their directories; made when it is missing. One backend at a time has it. */
  readonly directory: string;
  /** How long workloads go on while no backend looks after them, in whole seconds. Default 60. */
  readonly aloneSeconds?: number;
}

/** Runs workloads as processes of this machine, and takes up those that an earlier backend has left. */
export async function openProcessBackend(options: ProcessBackendOptions): Promise<ComputeBackend> {
  const { directory: root, aloneSeconds = 60 } = options;
  await mkdir(root, { recursive: true, mode: 0o700 });
  const running = new Map<string, ProcessWorkload>();
  const starting = new Map<string, Promise<WorkloadStatus>>();
  const begin = (id: string, workload: ProcessWorkload): void => {
    running.set(id, workload);
    void workload.over.finally(() => running.delete(id));
  };
  for (const id of await readdir(root)) {
    const directory = join(root, id);
    const file = await readWorkloadFile(directory);
    if (file === null || file.over !== null) continue;
    // Its supervisor sees at once that somebody is there again.
    await writeFile(join(directory, "owner"), `${process.pid}`);
    const hold = holdProcesses({ ...file.workload.resources, name: id, isThere: true });
    hold.add(file.pid);
    begin(id, lookAfter(directory, file, { hold, exited: null }));
  }

  const find = async (id: string): Promise<WorkloadStatus | null> => {
    const known = running.get(id);
    if (known !== undefined) return known.status();
    const file = ID.test(id) ? await readWorkloadFile(join(root, id)) : null;
    return file && statusOf(file, null);
  };
  const inspect = async (id: string): Promise<WorkloadStatus> => {
    const found = await find(id);
    if (found !== null) return found;
    throw new ComputeError("WORKLOAD_NOT_FOUND", `there is no workload "${id}"`, { details: { id } });
  };
  const stopped = async (id: string, graceMs: number | null): Promise<WorkloadStatus> => {
    const status = await inspect(id);
    const known = running.get(id);
    if (known === undefined) return status;
    const own = await readWorkloadFile(join(root, id));
    return known.stop("killed", graceMs ?? own?.workload.limits.graceMs ?? 0);
  };

  return {
    async capabilities() {
      await using limits = limitResources({ memoryBytes: 64 * 2 ** 20, cpus: 1, name: randomUUID() });
      const { memory, cpus } = limits.enforcement;
      return {
        memoryLimit: memory === "nothing" ? null : memory,
        cpuLimit: cpus === "nothing" ? null : cpus,
      };
    },
    async launch(workload) {
      checkWorkload(workload);
      const others = starting.get(workload.id);
      if (others !== undefined) return others;
      const launched = (async () => {
        const known = await find(workload.id);
        if (known !== null) return known;
        const started = await start(join(root, workload.id), workload, aloneSeconds);
        begin(workload.id, started);
        return started.status();
      })().finally(() => starting.delete(workload.id));
      starting.set(workload.id, launched);
      return launched;
    },
    inspect,
    async list(labels = {}) {
      const found = await Promise.all((await readdir(root)).map(find));
      return found
        .filter((it) => it !== null)
        .filter((it) => Object.entries(labels).every(([name, value]) => it.labels[name] === value))
        .toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
    },
    async wait(id, { signal } = {}) {
      const status = await inspect(id);
      const known = running.get(id);
      if (known === undefined) return status;
      if (signal === undefined) return known.over;
      signal.throwIfAborted();
      return Promise.race([
        known.over,
        once(signal, "abort").then(() => {
          throw signal.reason;
        }),
      ]);
    },
    async logs(id, { bytes = 65_536 } = {}) {
      await inspect(id);
      return readTail(join(root, id, "log"), bytes);
    },
    async signal(id, signal) {
      await inspect(id);
      running.get(id)?.signal(signal);
    },
    stop: (id, { graceMs } = {}) => stopped(id, graceMs ?? null),
    async remove(id) {
      await stopped(id, 0);
      await rm(join(root, id), { recursive: true, force: true, maxRetries: 5 });
    },
    async leave() {
      for (const [id, workload] of running) {
        await workload.leave();
        await writeFile(join(root, id, "owner"), "");
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...running.keys()].map((id) => stopped(id, null)));
    },
  };
}

/** What makes no other path of it. */
const ID = /^[A-Za-z0-9][A-Za-z0-9-]{0,99}$/;

function checkWorkload({ id, entry, resources }: Workload): void {
  const problem = !ID.test(id)
    ? `the id "${id}" is not one of letters, digits and "-"`
    : entry.length === 0
      ? "it has no program to run"
      : (resources.cpus ?? 1) <= 0 || (resources.memoryBytes ?? 1) <= 0
        ? "what it may take is not more than nothing"
        : null;
  if (problem !== null)
    throw new ComputeError("WORKLOAD_INVALID", `the workload cannot be run: ${problem}`, { details: { id } });
}

async function start(directory: string, workload: Workload, aloneSeconds: number): Promise<ProcessWorkload> {
  const { id, entry, env, resources, limits } = workload;
  const hold = holdProcesses({ ...resources, name: id });
  try {
    // What a crash has left of an earlier start has run nothing.
    await rm(directory, { recursive: true, force: true });
    await mkdir(join(directory, "work"), { recursive: true, mode: 0o700 });
    await writeFile(join(directory, "owner"), `${process.pid}`);
    // The supervisor steps in only where its owner does not.
    const runtime =
      limits.runtimeMs === null ? "" : `${Math.ceil((limits.runtimeMs + limits.graceMs) / 1000) + 2}`;
    const child = spawn(
      "/bin/sh",
      ["-c", SUPERVISOR, "notemill-workload", WATCHER, directory, `${aloneSeconds}`, runtime, ...entry],
      {
        detached: true,
        stdio: ["pipe", "ignore", "ignore"],
        env: { ...env, NOTEMILL_WORKLOAD: id },
        cwd: directory,
      },
    );
    const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.stdin.on("error", () => undefined);
    await once(child, "spawn");
    const pid = child.pid ?? 0;
    hold.add(pid);
    const { env: _, ...kept } = workload;
    const file: WorkloadFile = {
      workload: kept,
      pid,
      processStart: await processStart(pid),
      startedAt: new Date().toISOString(),
      enforcement: hold.enforcement,
      over: null,
      usage: null,
    };
    await writeWorkloadFile(directory, file);
    child.stdin.end("go\n");
    child.unref();
    return lookAfter(directory, file, { hold, exited });
  } catch (cause) {
    await hold[Symbol.asyncDispose]();
    await rm(directory, { recursive: true, force: true });
    throw new ComputeError("WORKLOAD_NOT_STARTED", `the workload "${id}" could not be started`, {
      cause,
      details: { id },
    });
  }
}
