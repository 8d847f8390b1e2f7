import { globSync, readFileSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { type RunningCommand, startCommand, withDirectory } from "../support/cli.ts";

/** Pages whose commands a reader may type as they stand, from the root of the clone. */
const PAGES = ["README.md", "apps/cli/README.md", "docs/guides/sweeps.md", "examples/README.md"];

/** Commands that are meant to fail, with their exit code. */
const FAILING = new Map([
  ["./notemill run examples/audit.ipynb out.ipynb --cwd examples -p max_temperature 30.0", 1],
]);

/** The `./notemill` lines of a page's shell blocks, in order. */
function commandsOf(page: string): string[] {
  const blocks = [...readFileSync(page, "utf8").matchAll(/```sh\n([\s\S]*?)```/g)].map(
    ([, block = ""]) => block,
  );
  return blocks.flatMap((block) => block.split("\n").filter((line) => line.startsWith("./notemill ")));
}

it.each(PAGES)("every command of %s does what the page says", async (page) => {
  const commands = commandsOf(page);
  expect(commands.length).toBeGreaterThan(2);
  await withDirectory(async (directory) => {
    await symlink(resolve("notemill"), join(directory, "notemill"));
    await symlink(resolve("examples"), join(directory, "examples"));
    const env = { NOTEMILL_DATA: join(directory, "data") };
    const servers: RunningCommand[] = [];
    for (const command of commands) {
      if (command.startsWith("./notemill serve ")) {
        // The page's port may be taken here.
        const server = startCommand("/bin/sh", ["-c", `exec ${command} --port 0`], { cwd: directory, env });
        await server.said("data directory: ");
        servers.push(server);
        continue;
      }
      const { exitCode, stderr } = await startCommand("/bin/sh", ["-c", command], { cwd: directory, env })
        .result;
      expect(exitCode, `${command}\n${stderr}`).toBe(FAILING.get(command) ?? 0);
    }
    for (const server of servers) {
      server.process.kill("SIGTERM");
      expect(await server.result).toMatchObject({ exitCode: 0 });
    }
  });
});

it("the examples are all listed", () => {
  const page = readFileSync("examples/README.md", "utf8");
  const missing = globSync("examples/*.ipynb").filter(
    (path) => !page.includes(`](${path.slice("examples/".length)})`),
  );
  expect(missing).toEqual([]);
});
