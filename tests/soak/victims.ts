import { readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

/** What a process of a run is to the run. */
export type Victim = "command" | "kernel" | "host" | "fork-server" | "watchdog";

/** A process as `/proc` shows it. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  /** When it began, in ticks since the machine did: with the id it names a process for good. */
  readonly began: string;
  readonly role: Victim | "other";
}

/**
 * The environment that marks the processes of a round. Kernel hosts inherit the
 * one variable, fork servers the other, and kernels both.
 */
export function markedEnvironment(mark: string): Readonly<Record<string, string>> {
  return { TMPDIR: mark, PYTHON_SOAK_MARK: mark };
}

/**
 * The processes of a round. Watchdogs, which have no environment, are told by their parents.
 */
export async function processesOf(mark: string): Promise<ProcessEntry[]> {
  const all = await processTable();
  const marked = new Set<number>();
  for (const { pid } of all) {
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    const variables = new Set(environment.split("\0"));
    const isMarked = Object.entries(markedEnvironment(mark)).some(([name, value]) =>
      variables.has(`${name}=${value}`),
    );
    if (isMarked) marked.add(pid);
  }
  const servers = new Set(all.filter(({ role }) => role === "fork-server").map(({ pid }) => pid));
  return all
    .filter(({ pid, parent, role }) => marked.has(pid) || (role === "watchdog" && marked.has(parent)))
    .map((it) => (servers.has(it.parent) && it.role === "fork-server" ? { ...it, role: "kernel" } : it));
}

async function processTable(): Promise<ProcessEntry[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const entries = await Promise.all(
    ids.map(async (id): Promise<ProcessEntry[]> => {
      const [stat, commandLine] = await Promise.all(
        ["stat", "cmdline"].map((name) => readFile(`/proc/${id}/${name}`, "utf8").catch(() => "")),
      );
      // The name in brackets may hold spaces and brackets; the fields behind it do not.
      const [state, parent, ...fields] = (stat ?? "").slice((stat ?? "").lastIndexOf(")") + 2).split(" ");
      if (stat === "" || state === "Z") return [];
      const role = roleOf(commandLine ?? "");
      return [{ pid: Number(id), parent: Number(parent), began: fields[17] ?? "", role }];
    }),
  );
  return entries.flat();
}

function roleOf(commandLine: string): ProcessEntry["role"] {
  if (commandLine.includes("notemill-watchdog")) return "watchdog";
  if (commandLine.includes("__kernel-host")) return "host";
  if (commandLine.includes("fork_server.py")) return "fork-server";
  if (commandLine.includes("ipykernel_launcher")) return "kernel";
  return /bin\/notemill|\.\/notemill|notemill\.js/.test(commandLine) ? "command" : "other";
}

/**
 * Waits until no process of the runs with this mark is left, nor one of `known`.
 *
 * @throws with those that remain when they are still there after 30 s.
 */
export async function untilAllGone(mark: string, known: readonly ProcessEntry[]): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const left = [...(await processesOf(mark)), ...(await stillThere(known))];
    if (left.length === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`processes remain: ${left.map(({ pid, role }) => `${role} ${pid}`).join(", ")}`);
    }
    await pause(30);
  }
}

async function stillThere(known: readonly ProcessEntry[]): Promise<ProcessEntry[]> {
  const now = new Set((await processTable()).map(({ pid, began }) => `${pid} ${began}`));
  return known.filter(({ pid, began }) => now.has(`${pid} ${began}`));
}

/** Whether a process is a kernel: started by itself, or forked from a fork server. */
export async function isKernel(pid: number): Promise<boolean> {
  const all = await processTable();
  const found = all.find((it) => it.pid === pid);
  if (found === undefined) return false;
  const parent = all.find((it) => it.pid === found.parent);
  return found.role === "kernel" || (found.role === "fork-server" && parent?.role === "fork-server");
}
