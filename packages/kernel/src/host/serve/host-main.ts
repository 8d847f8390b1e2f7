/** The process of a kernel host: `node host-main.js DIRECTORY`, started by `startHostedKernel`. */
import { enableCompileCache } from "node:module";

// What V8 compiled is kept for the next host, so it comes before the imports.
enableCompileCache();

const { runKernelHost } = await import("./run-kernel-host.ts");
await runKernelHost(process.argv[2] ?? "");
