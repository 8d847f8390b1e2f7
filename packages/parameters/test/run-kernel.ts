import { join } from "node:path";

import { runProcess } from "./run-process.ts";

const root = join(import.meta.dirname, "../../..");

/** The Python of the test tools, which has jupyter_client. */
export const peersPython = join(
  process.env["NOTEMILL_PEERS_VENV"] ?? join(root, ".venv-peers"),
  "bin/python",
);

/** Where the kernelspecs of the clone are. */
const kernels = join(process.env["NOTEMILL_VENV"] ?? join(root, ".venv"), "share/jupyter");

/** Executes cells in a real kernel and gives what they printed. */
export function runInKernel(kernelName: string, cells: readonly string[]): string {
  const script = join(import.meta.dirname, "run_kernel.py");
  return runProcess(peersPython, [script, kernelName], JSON.stringify(cells), { JUPYTER_PATH: kernels });
}
