/** The process of a kernel host: `node host-main.js DIRECTORY`, started by `startHostedKernel`. */
import { runKernelHost } from "./run-kernel-host.ts";

await runKernelHost(process.argv[2] ?? "");
