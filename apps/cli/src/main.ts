import { enableCompileCache } from "node:module";

// What V8 compiled is kept for the next start, which matters when a run takes half a second.
enableCompileCache();

const { runCli } = await import("./run-cli.ts");
process.exitCode = await runCli(process.argv.slice(2));
