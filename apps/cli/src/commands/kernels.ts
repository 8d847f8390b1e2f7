import { suggestion } from "@notemill/errors";
import {
  findKernelspecs,
  KernelError,
  type KernelHostInfo,
  listKernelHosts,
  stopKernelHost,
} from "@notemill/kernel";
import { builtInKernelspecs } from "../built-in-kernelspecs.ts";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { tableWidth } from "../progress/terminal-columns.ts";
import { type TableColumn, textTable } from "../text-table.ts";
import { installKernel } from "./install-kernel.ts";

/** `notemill kernels`: what can be run, and what was kept. */
export const kernelsCommand: Command = {
  name: "kernels",
  summary: "List the kernels that are installed, and those that failed runs have left alive",
  description:
    "With the arguments install sql, the built-in SQL kernel is installed for other Jupyter clients, such as " +
    "JupyterLab. Notemill itself finds it without that.",
  arguments: [
    { name: "ACTION", help: "Nothing, to list; or install.", optional: true },
    { name: "KERNEL", help: "The built-in kernel to install: sql.", optional: true },
  ],
  options: [
    { name: "json", flags: ["--json"], help: "Print the lists as JSON." },
    {
      name: "names",
      flags: ["--names"],
      help: "Print the names of the installed kernels alone, one a line.",
    },
    {
      name: "stop",
      flags: ["--stop"],
      values: ["ID"],
      repeatable: true,
      help: "End a kernel that was kept, by the id that the list shows.",
    },
    {
      name: "user",
      flags: ["--user"],
      help: "With install: for this user. That is the default.",
    },
    {
      name: "prefix",
      flags: ["--prefix"],
      values: ["DIRECTORY"],
      help: "With install: into the Python environment, or other prefix, in this directory.",
    },
  ],
  examples: [
    ["notemill kernels", "names, languages and where each comes from"],
    ["notemill kernels --stop 4f2a", "end a kernel that --keep-kernel left alive"],
    ["notemill kernels install sql --prefix .venv", "let the JupyterLab of an environment run SQL notebooks"],
  ],
  run: kernels,
};

async function kernels(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const { stdout } = terminal;
  if (parsed.arguments.length > 0) return installKernel(parsed, terminal);
  const ids = options.texts("stop");
  if (ids.length > 0) {
    for (const id of ids) {
      await stop(id);
      stdout.write(`${id} has ended\n`);
    }
    return 0;
  }
  const builtIns = builtInKernelspecs();
  if (options.flag("names") === true) {
    stdout.write((await findKernelspecs({ builtIns })).map(({ name }) => `${name}\n`).join(""));
    return 0;
  }
  const [kernelspecs, hosts] = await Promise.all([findKernelspecs({ builtIns }), listKernelHosts()]);
  if (options.flag("json") === true) {
    stdout.write(`${JSON.stringify({ kernelspecs, kept: hosts }, null, 2)}\n`);
    return 0;
  }
  const columns: readonly TableColumn[] = [
    { title: "Name", cut: "never" },
    { title: "Language" },
    { title: "Display name" },
    { title: "Interrupt" },
    { title: "Directory", cut: "start" },
  ];
  const rows = kernelspecs.map(({ name, language, displayName, interruptMode, resourceDir }) => [
    name,
    language,
    displayName,
    interruptMode,
    resourceDir,
  ]);
  const width = tableWidth(stdout);
  stdout.write(`${textTable(columns, rows, { width })}\n`);
  if (hosts.length > 0) stdout.write(`\nKept alive:\n${hostTable(hosts, width)}\n`);
  return 0;
}

/** The kernel's package speaks of hosts and their directories, which nobody has heard of who kept a kernel. */
async function stop(id: string): Promise<void> {
  try {
    await stopKernelHost(id);
  } catch (cause) {
    if (!(cause instanceof KernelError) || cause.code !== "KERNEL_HOST_NOT_FOUND") throw cause;
    const kept = (await listKernelHosts()).map(({ hostId }) => hostId);
    const meant = suggestion(id, kept);
    const message = `no kept kernel has the id "${id}"${meant || "; notemill kernels lists those that are alive"}`;
    throw new KernelError("KERNEL_HOST_NOT_FOUND", message, { details: { id, kept }, cause });
  }
}

function hostTable(hosts: readonly KernelHostInfo[], width: number | undefined): string {
  // What is there to be copied is never cut.
  const columns: readonly TableColumn[] = [
    { title: "Id", cut: "never" },
    { title: "Kernel" },
    { title: "Status" },
    { title: "Until", cut: "never" },
    { title: "Directory", cut: "start" },
    { title: "Connection file", cut: "never" },
  ];
  const rows = hosts.map(({ hostId, kernelName, status, isAttached, leaseUntil, cwd, connectionFile }) => [
    hostId,
    kernelName,
    isAttached ? `${status}, in use` : status,
    leaseUntil?.toLocaleTimeString("en-GB") ?? "",
    cwd,
    connectionFile ?? "",
  ]);
  return textTable(columns, rows, { width });
}
