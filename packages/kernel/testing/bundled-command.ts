import { fileURLToPath } from "node:url";

/** The command as users have it. From source it does the same, but takes three times as long to start. */
export const BUNDLED_COMMAND: readonly string[] = [
  process.execPath,
  fileURLToPath(new URL("../../../apps/cli/dist/bin/notemill.js", import.meta.url)),
];

/** What it is as a kernel host. */
export const BUNDLED_HOST: readonly string[] = [...BUNDLED_COMMAND, "__kernel-host"];
