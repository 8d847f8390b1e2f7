import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { StartHostedKernelOptions } from "../../src/index.ts";

/** What the process of a driver is told. */
export interface DriverPlan {
  readonly options: StartHostedKernelOptions;
  /** What it executes, as soon as the kernel is ready. */
  readonly code: string;
}

/** What it says. */
export type DriverReport =
  | { readonly event: "started"; readonly hostDir: string; readonly hostPid: number; readonly pid: number }
  | { readonly event: "executing"; readonly msgId: string }
  /** It has dealt with a message that printed these numbers. */
  | { readonly event: "saw"; readonly sequence: number; readonly numbers: readonly number[] }
  | { readonly event: "failed"; readonly code: string };

/** A driver in a process of its own, to be killed. */
export interface DriverProcess {
  readonly child: ChildProcess;
  /** Everything it says; ends when it has ended. */
  readonly reports: AsyncIterable<DriverReport>;
  kill(): void;
}

/** Starts a driver that starts a hosted kernel, executes code in it and reports what it sees. */
export function startDriver(plan: DriverPlan): DriverProcess {
  const main = fileURLToPath(new URL("./driver-main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@notemill/source", main], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(JSON.stringify(plan));
  return { child, reports: readReports(child), kill: () => void child.kill("SIGKILL") };
}

async function* readReports(child: ChildProcess): AsyncGenerator<DriverReport, void, void> {
  if (!child.stdout) return;
  for await (const line of createInterface({ input: child.stdout })) {
    // The last line of a process that was killed may be half a line.
    try {
      yield JSON.parse(line) as DriverReport;
    } catch {
      return;
    }
  }
}
