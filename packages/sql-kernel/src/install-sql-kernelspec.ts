import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { sqlKernelspec } from "./sql-kernelspec.ts";

/**
 * Writes the kernelspec `sql` where Jupyter's clients look, in place of an earlier one.
 *
 * @param dataDirectory - A data directory of Jupyter: `PREFIX/share/jupyter`, or the user's.
 * @returns The directory of the kernelspec.
 */
export async function installSqlKernelspec(
  dataDirectory: string,
  command: readonly string[],
): Promise<string> {
  const { argv, displayName, language, interruptMode, name } = sqlKernelspec(command);
  const directory = join(dataDirectory, "kernels", name);
  const content = { argv, display_name: displayName, language, interrupt_mode: interruptMode, metadata: {} };
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, "kernel.json"), `${JSON.stringify(content, null, 1)}\n`);
  return directory;
}
