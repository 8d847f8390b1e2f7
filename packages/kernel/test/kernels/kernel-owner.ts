import { startKernel } from "../../src/index.ts";
import { testKernelspec } from "../../testing/kernel-bed.ts";
import * as languages from "../../testing/kernel-language.ts";
import type { KernelLanguage } from "../../testing/kernel-language.ts";
import { readAll } from "../../testing/run-cell.ts";

/*
 * A program that starts a kernel and children of that, and then waits to be killed.
 * Arguments: name of the kernelspec, runtime directory. It prints `ready` and its processes.
 */
const [name = "", runtimeDir = ""] = process.argv.slice(2);
const language: KernelLanguage | undefined = Object.values(languages).find((it) => it.kernelspec === name);
if (!language) throw new Error(`no language has the kernelspec ${name}`);

const kernel = await startKernel({
  kernelspec: await testKernelspec(name),
  cwd: runtimeDir,
  env: process.env,
  runtimeDir,
});
const pids = [kernel.pid];
for (const code of [language.startChild, language.startDaemon]) {
  if (code === undefined) continue;
  const { printed } = await readAll(kernel.execute(code));
  pids.push(Number(/\d+\s*$/.exec(printed)?.[0]));
}
process.stdout.write(`ready ${pids.join(" ")}\n`);
await readAll(kernel.execute(language.hang));
