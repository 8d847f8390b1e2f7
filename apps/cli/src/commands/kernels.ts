import { findKernelspecs, type KernelHostInfo, listKernelHosts, stopKernelHost } from "@notemill/kernel";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { textTable } from "../text-table.ts";

/** `notemill kernels`: what can be run, and what was kept. */
export const kernelsCommand: Command = {
  name: "kernels",
  summary: "List the kernels that are installed, and those that failed runs have left alive",
  arguments: [],
  options: [
    { name: "json", flags: ["--json"], help: "Print the lists as JSON." },
    {
      name: "stop",
      flags: ["--stop"],
      values: ["ID"],
      repeatable: true,
      help: "End a kernel that was kept, by the id that the list shows.",
    },
  ],
  examples: [
    ["notemill kernels", "names, languages and where each comes from"],
    ["notemill kernels --stop 4f2a", "end a kernel that --keep-kernel left alive"],
  ],
  run: kernels,
};

async function kernels({ options }: ParsedCommandLine, { stdout }: Terminal): Promise<number> {
  const ids = options.texts("stop");
  if (ids.length > 0) {
    for (const id of ids) {
      await stopKernelHost(id);
      stdout.write(`${id} has ended\n`);
    }
    return 0;
  }
  const [kernelspecs, hosts] = await Promise.all([findKernelspecs(), listKernelHosts()]);
  if (options.flag("json") === true) {
    stdout.write(`${JSON.stringify({ kernelspecs, kept: hosts }, null, 2)}\n`);
    return 0;
  }
  if (kernelspecs.length === 0) {
    stdout.write("no kernelspec is installed; install one: python3 -m pip install ipykernel\n");
    return 1;
  }
  const columns = ["Name", "Language", "Display name", "Interrupt", "Directory"].map((title) => ({ title }));
  const rows = kernelspecs.map(({ name, language, displayName, interruptMode, resourceDir }) => [
    name,
    language,
    displayName,
    interruptMode,
    resourceDir,
  ]);
  stdout.write(`${textTable(columns, rows)}\n`);
  if (hosts.length > 0) stdout.write(`\nKept alive:\n${hostTable(hosts)}\n`);
  return 0;
}

function hostTable(hosts: readonly KernelHostInfo[]): string {
  const columns = ["Id", "Kernel", "Status", "Until", "Directory", "Connection file"].map((title) => ({
    title,
  }));
  const rows = hosts.map(({ hostId, kernelName, status, isAttached, leaseUntil, cwd, connectionFile }) => [
    hostId,
    kernelName,
    isAttached ? `${status}, in use` : status,
    leaseUntil?.toLocaleTimeString("en-GB") ?? "",
    cwd,
    connectionFile ?? "",
  ]);
  return textTable(columns, rows);
}
