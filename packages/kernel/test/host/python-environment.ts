import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findKernelspec, findKernelspecs } from "../../src/index.ts";
import type { Kernelspec } from "../../src/index.ts";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The Python of the peers, which has `jupyter_client`. */
export const peersPython: string = join(
  process.env["NOTEMILL_PEERS_VENV"] ?? join(root, ".venv-peers"),
  "bin/python",
);

/** The kernelspec of the repository's Python environment. */
export async function pythonKernelspec(): Promise<Kernelspec> {
  const venv = process.env["NOTEMILL_VENV"] ?? join(root, ".venv");
  return findKernelspec(await findKernelspecs({ dataDirs: [join(venv, "share/jupyter")] }), "python3");
}
