import type { Command } from "./command-line/command.ts";

/** Every command by name, loaded when it is called, so that none pays for the others. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./commands/run.ts")).runCommand,
  inspect: async () => (await import("./commands/inspect.ts")).inspectCommand,
  sweep: async () => (await import("./commands/sweep.ts")).sweepCommand,
  scraps: async () => (await import("./commands/scraps.ts")).scrapsCommand,
  export: async () => (await import("./commands/export.ts")).exportCommand,
  kernels: async () => (await import("./commands/kernels.ts")).kernelsCommand,
  doctor: async () => (await import("./commands/doctor.ts")).doctorCommand,
  completions: async () => (await import("./commands/completions.ts")).completionsCommand,
};
