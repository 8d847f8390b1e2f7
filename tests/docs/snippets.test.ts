import { globSync, readFileSync } from "node:fs";
import { mkdir, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { type RunningCommand, startCommand, withDirectory } from "../support/cli.ts";

/** Pages whose commands a reader may type as they stand, from the root of the clone. */
const PAGES = ["README.md", "apps/cli/README.md", "docs/guides/sweeps.md", "examples/README.md"];

/** What `npm start` is. */
const START = `node ${resolve("scripts/start.mjs")}`;

/** Commands that are meant to fail, with their exit code. */
const FAILING = new Map([
  ["./notemill run examples/audit.ipynb out.ipynb --cwd examples -p max_temperature 30.0", 1],
]);

/**
 * The lines of a page's shell blocks that are ours, in order; `npm start` is one of them, and so is what puts the
 * command on the `PATH`. What a page says of a server that runs already is left out.
 */
function commandsOf(page: string): string[] {
  const [text = ""] = readFileSync(page, "utf8").split("\n## On the server\n");
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  return blocks.flatMap((block) =>
    block.split("\n").filter((line) => /^(?:(?:\.\/)?notemill |npm start$|mkdir -p ~)/.test(line)),
  );
}

it.each(PAGES)("every command of %s does what the page says", async (page) => {
  const commands = commandsOf(page);
  expect(commands.length).toBeGreaterThan(2);
  await withDirectory(async (directory) => {
    await symlink(resolve("notemill"), join(directory, "notemill"));
    await symlink(resolve("examples"), join(directory, "examples"));
    // Whoever reads a guide has made the link of the README.
    const bin = join(directory, ".local", "bin");
    const env = {
      HOME: directory,
      PATH: `${bin}:${process.env["PATH"] ?? ""}`,
      NOTEMILL_DATA: join(directory, "data"),
    };
    await mkdir(bin, { recursive: true });
    await symlink(resolve("notemill"), join(bin, "notemill"));
    let server: RunningCommand | null = null;
    const end = async (): Promise<void> => {
      server?.process.kill("SIGTERM");
      expect((await server?.result)?.exitCode ?? 0).toBe(0);
    };
    for (const command of commands) {
      if (/^(?:npm start|\.\/notemill serve )/.test(command)) {
        await end();
        // The page's port may be taken here.
        const line = `exec ${command.replace("npm start", START)} --port 0`;
        server = startCommand("/bin/sh", ["-c", line], { cwd: directory, env });
        await server.said("data directory: ");
        continue;
      }
      const { exitCode, stderr } = await startCommand("/bin/sh", ["-c", command], { cwd: directory, env })
        .result;
      expect(exitCode, `${command}\n${stderr}`).toBe(FAILING.get(command) ?? 0);
    }
    await end();
  });
});

it("the examples are all listed", () => {
  const page = readFileSync("examples/README.md", "utf8");
  const missing = globSync("examples/*.ipynb").filter(
    (path) => !page.includes(`](${path.slice("examples/".length)})`),
  );
  expect(missing).toEqual([]);
});
