// Sets the clone up and starts the server with the examples: npm start -- [options of notemill serve]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root, workspaceEnvironment } from "./setup/paths.mjs";
import { main, setUp } from "./setup/set-up.mjs";

await main(async () => {
  await setUp();
  const asked = process.argv.slice(2);
  const args = ["serve", ...(asked.includes("--view-only") ? [] : ["--examples"]), ...asked];
  console.error(`\n$ ./notemill ${args.join(" ")}\n`);
  const server = spawn(join(root, "notemill"), args, {
    cwd: process.env.INIT_CWD ?? root,
    env: { ...workspaceEnvironment(), NOTEMILL_TYPED_AS: "./notemill" },
    stdio: "inherit",
  });
  // Ctrl-C reaches the server by itself, as it is in the same group; it says when it is done.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => server.kill("SIGTERM"));
  const [status] = await once(server, "close");
  return status ?? 1;
});
