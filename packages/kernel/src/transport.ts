import { basename } from "node:path";
import type { Kernelspec } from "./kernelspec.ts";

/**
 * What carries a kernel's messages, where nobody has asked for something else.
 *
 * Sockets in a directory of ours cannot be reached by other users and have no
 * ports to fight about. Kernels that are Python modules (ipykernel and all that
 * is built on it), IRkernel and our SQL kernel take them. Deno refuses them, JVM kernels take
 * them for TCP ports, and of others it is not known: they get TCP.
 */
export function usualTransport(kernelspec: Kernelspec): "ipc" | "tcp" {
  const [command = "", ...args] = kernelspec.argv;
  const isPythonModule = /^python[\d.]*$/.test(basename(command)) && args.includes("-m");
  const isIRkernel = args.some((argument) => argument.startsWith("IRkernel::main("));
  const isOurs = args.includes("kernel-sql");
  return isPythonModule || isIRkernel || isOurs ? "ipc" : "tcp";
}
