import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findKernelspec, findKernelspecs } from "../../src/index.ts";
import type { Kernel, Kernelspec } from "../../src/index.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The Python environment of the repository. */
const venv = process.env["NOTEMILL_VENV"] ?? join(root, ".venv");

/** The Python environment of the peers and of further kernels. */
const peersVenv = process.env["NOTEMILL_PEERS_VENV"] ?? join(root, ".venv-peers");

/** A kernelspec of another language, which is never forked. */
export async function bashKernelspec(): Promise<Kernelspec> {
  return findKernelspec(await findKernelspecs({ dataDirs: [join(peersVenv, "share", "jupyter")] }), "bash");
}

/** The kernelspec of the repository's Python environment. */
export async function pythonKernelspec(): Promise<Kernelspec> {
  return findKernelspec(await findKernelspecs({ dataDirs: [join(venv, "share", "jupyter")] }), "python3");
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
