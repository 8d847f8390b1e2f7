import { findKernelspecs } from "@notemill/kernel";
import type { Command, ParsedCommandLine, Terminal } from "../command-line/command.ts";
import { textTable } from "../text-table.ts";

/** `notemill kernels`: what can be run. */
export const kernelsCommand: Command = {
  name: "kernels",
  summary: "List the kernels that are installed",
  arguments: [],
  options: [{ name: "json", flags: ["--json"], help: "Print the kernelspecs as JSON." }],
  examples: [["notemill kernels", "names, languages and where each comes from"]],
  run: kernels,
};

async function kernels({ options }: ParsedCommandLine, { stdout }: Terminal): Promise<number> {
  const kernelspecs = await findKernelspecs();
  if (options.flag("json") === true) {
    stdout.write(`${JSON.stringify(kernelspecs, null, 2)}\n`);
    return 0;
  }
  if (kernelspecs.length === 0) {
    stdout.write("no kernelspec is installed; install one: python3 -m pip install ipykernel\n");
    return 1;
  }
  const columns = [
    { title: "Name" },
    { title: "Language" },
    { title: "Display name" },
    { title: "Interrupt" },
    { title: "Directory" },
  ];
  const rows = kernelspecs.map(({ name, language, displayName, interruptMode, resourceDir }) => [
    name,
    language,
    displayName,
    interruptMode,
    resourceDir,
  ]);
  stdout.write(`${textTable(columns, rows)}\n`);
  return 0;
}
