import { runSqlKernel } from "../src/serve/run-sql-kernel.ts";

// As the command does it: `kernel-sql -f CONNECTION_FILE`.
await runSqlKernel(process.argv.slice(3));
