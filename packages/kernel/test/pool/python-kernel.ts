import type { Kernel, Kernelspec } from "../../src/index.ts";
import { testKernelspec } from "../../testing/kernel-bed.ts";

/** The kernelspec of the repository's Python environment. */
export function pythonKernelspec(): Promise<Kernelspec> {
  return testKernelspec("python3");
}

/** A kernelspec of another language, which is never forked. */
export function bashKernelspec(): Promise<Kernelspec> {
  return testKernelspec("bash");
}

/** What executing a cell brought about. */
export interface CellResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly error: string | null;
}

/** Executes code and collects what it prints. */
export async function run(kernel: Kernel, code: string): Promise<CellResult> {
  let stdout = "";
  let stderr = "";
  let error: string | null = null;
  for await (const message of kernel.execute(code)) {
    if (message.type === "stream" && message.content.name === "stderr") stderr += message.content.text;
    else if (message.type === "stream") stdout += message.content.text;
    else if (message.type === "error") error = `${message.content.ename}: ${message.content.evalue}`;
  }
  return { stdout, stderr, error };
}

/** Evaluates a Python expression whose value is JSON. */
export async function evaluate(kernel: Kernel, expression: string): Promise<unknown> {
  const { stdout, error } = await run(kernel, `import json as _json\nprint(_json.dumps(${expression}))`);
  if (error) throw new Error(error);
  return JSON.parse(stdout);
}
