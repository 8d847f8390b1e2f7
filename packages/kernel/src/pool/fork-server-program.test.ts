import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";

/**
 * The program travels as text inside the compiled packages and the bundled
 * command. After a change to fork_server.py, `vitest -u` writes it anew.
 */
it("holds the text of fork_server.py", async () => {
  const python = await readFile(new URL("fork_server.py", import.meta.url), "utf8");
  expect(python).not.toMatch(/`|\$\{/);

  const module = [
    "// Written by fork-server-program.test.ts from fork_server.py.",
    "/** The program of a fork server: fork_server.py. */",
    `export const FORK_SERVER_PROGRAM = String.raw\`${python}\`;`,
    "",
  ].join("\n");
  await expect(module).toMatchFileSnapshot("fork-server-program.ts");
});
