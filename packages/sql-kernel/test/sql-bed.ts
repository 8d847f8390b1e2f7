import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startKernel } from "@notemill/kernel";
import type { Kernel, Kernelspec } from "@notemill/kernel";
import type { ExecuteReply, KernelMessage } from "@notemill/messaging";
import { BUNDLED_COMMAND } from "../../kernel/testing/bundled-command.ts";
import { makeKernelBed } from "../../kernel/testing/kernel-bed.ts";
import { sqlKernelspec } from "../src/index.ts";

/** The kernel of this package in the command that users have. */
export const bundledKernelspec: Kernelspec = sqlKernelspec(BUNDLED_COMMAND);

/** A kernel in a directory of its own; both are gone when it is disposed of. */
export interface SqlBed extends AsyncDisposable {
  readonly cwd: string;
  readonly kernel: Kernel;
  /** Directory of connection files and sockets. */
  readonly runtimeDir: string;
  run(code: string): Promise<CellRun>;
}

/** What a cell has brought about. */
export interface CellRun {
  readonly printed: string;
  readonly reply: ExecuteReply;
  readonly result: Extract<KernelMessage, { type: "execute_result" }>["content"]["data"];
  readonly messages: readonly KernelMessage[];
}

/** Starts a SQL kernel. */
export async function startSql(env: Readonly<Record<string, string>> = {}): Promise<SqlBed> {
  const bed = makeKernelBed();
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), "sql-")));
  const options = bed.options(bundledKernelspec);
  const kernel = await startKernel({ ...options, cwd, env: { ...options.env, ...env } });
  return {
    cwd,
    kernel,
    runtimeDir: bed.runtimeDir,
    run: (code) => runCell(kernel, code),
    async [Symbol.asyncDispose]() {
      await kernel.shutdown({ mode: "immediate" });
      const remains = bed.remains();
      bed.remove();
      rmSync(cwd, { recursive: true });
      if (remains.length > 0) throw new Error(`a kernel has left ${remains.join(", ")}`);
    },
  };
}

/** Executes a cell and keeps all that it says. */
export async function runCell(kernel: Kernel, code: string): Promise<CellRun> {
  const execution = kernel.execute(code);
  const messages: KernelMessage[] = [];
  let printed = "";
  let result: CellRun["result"] = {};
  for await (const message of execution) {
    messages.push(message);
    if (message.type === "stream") printed += message.content.text;
    if (message.type === "execute_result") result = message.content.data;
  }
  return { printed, result, messages, reply: await execution.reply };
}
