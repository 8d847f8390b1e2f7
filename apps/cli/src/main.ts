import { enableCompileCache } from "node:module";

// What V8 compiled is kept for the next start, which matters when a run takes half a second.
enableCompileCache();

const words = process.argv.slice(2);
// A server waits for the disk in many files at once, which the disk takes together; four threads are for programs that do not.
if (words[0] === "serve") process.env["UV_THREADPOOL_SIZE"] ??= "16";
if (words[0] === "__kernel-host") {
  // Not for people: the command that keeps a kernel starts itself again as that kernel's host.
  const { runKernelHost } = await import("@notemill/kernel/host");
  await runKernelHost(words[1] ?? "");
}
if (words[0] === "kernel-sql") {
  // For kernelspecs: nothing of the command is loaded but the kernel.
  const { runSqlKernel } = await import("@notemill/sql-kernel/serve");
  await runSqlKernel(words.slice(1));
}
if (words[0] === "__table-reader") {
  // Not for people: a server reads tables in a process of its own.
  const { runTableReader } = await import("@notemill/sql-kernel/tables");
  await runTableReader(words[1] ?? "");
}
const { runProcess } = await import("./run-cli.ts");
process.exitCode = await runProcess(words);
