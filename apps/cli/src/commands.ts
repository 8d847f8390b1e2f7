import type { Command } from "./command-line/command.ts";

/** Every command by name, which may be two words, loaded when it is called, so that none pays for the others. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./commands/run.ts")).runCommand,
  inspect: async () => (await import("./commands/inspect.ts")).inspectCommand,
  sweep: async () => (await import("./commands/sweep.ts")).sweepCommand,
  scraps: async () => (await import("./commands/scraps.ts")).scrapsCommand,
  export: async () => (await import("./commands/export.ts")).exportCommand,
  kernels: async () => (await import("./commands/kernels.ts")).kernelsCommand,
  serve: async () => (await import("./commands/serve.ts")).serveCommand,
  runner: async () => (await import("./commands/runner.ts")).runnerCommand,
  "runs submit": async () => (await import("./commands/runs/submit.ts")).submitCommand,
  "runs rerun": async () => (await import("./commands/runs/rerun.ts")).rerunCommand,
  "runs list": async () => (await import("./commands/runs/list.ts")).listCommand,
  "runs show": async () => (await import("./commands/runs/show.ts")).showCommand,
  "runs wait": async () => (await import("./commands/runs/wait.ts")).waitCommand,
  "runs logs": async () => (await import("./commands/runs/logs.ts")).logsCommand,
  "runs output": async () => (await import("./commands/runs/output.ts")).outputCommand,
  "runs export": async () => (await import("./commands/runs/export.ts")).exportRunCommand,
  "runs debug": async () => (await import("./commands/runs/debug.ts")).debugCommand,
  "runs resume": async () => (await import("./commands/runs/resume.ts")).resumeCommand,
  "runs cancel": async () => (await import("./commands/runs/cancel.ts")).cancelCommand,
  "runs prune": async () => (await import("./commands/runs/prune.ts")).pruneCommand,
  "runs verify": async () => (await import("./commands/runs/verify.ts")).verifyCommand,
  backup: async () => (await import("./commands/backup.ts")).backupCommand,
  doctor: async () => (await import("./commands/doctor.ts")).doctorCommand,
  completions: async () => (await import("./commands/completions.ts")).completionsCommand,
};
