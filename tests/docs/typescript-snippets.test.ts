import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { startCommand } from "../support/cli.ts";

/** Pages with examples in TypeScript. */
const PAGES = globSync("{README.md,packages/*/README.md,docs/**/*.md}").sort();

/**
 * The examples of a page, each as a module.
 *
 * What an example takes for granted stands in a comment before it: `<!-- given: declare const text: string; -->`.
 */
function modulesOf(page: string): string[] {
  const text = readFileSync(page, "utf8");
  const examples = text.matchAll(/(?:<!-- given: (?<given>(?:(?!-->).)*) -->\n)?```ts\n(?<code>[^]*?)```/g);
  return [...examples].map(
    ({ groups }) => `${groups?.["given"] ?? ""}\n${groups?.["code"] ?? ""}\nexport {};\n`,
  );
}

it("every example in TypeScript compiles", async () => {
  const directory = resolve(".notemill/snippets");
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const modules = PAGES.flatMap((page) =>
    modulesOf(page).map((code, index) => ({ name: `${page.replaceAll(/[/.]/g, "-")}-${index}.ts`, code })),
  );
  expect(modules.length).toBeGreaterThan(15);
  for (const { name, code } of modules) writeFileSync(join(directory, name), code);
  // An example may end with the value that it makes.
  const compilerOptions = { noUnusedLocals: false };
  const options = { extends: resolve("tsconfig.test.json"), compilerOptions, include: ["*.ts"] };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(options));

  const { exitCode, stdout } = await startCommand("tsc", ["-p", directory]).result;
  expect(stdout).toBe("");
  expect(exitCode).toBe(0);
});
