import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { readSource } from "@notemill/executor";
import {
  declaredEnvironment,
  type DeclaredEnvironment,
  type EnvironmentInput,
} from "@notemill/kernel/environments";
import type { Notebook } from "@notemill/nbformat";
import { openLocation } from "@notemill/storage";
import type { OptionValues, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";

/** Reads what `--from` names. @throws {@link UsageError} where it says nothing about packages. */
export async function readInput(options: OptionValues, { cwd }: Terminal): Promise<EnvironmentInput> {
  const path = options.text("from");
  if (path === undefined) throw new UsageError("say what is to be in it with --from");
  const file = resolve(cwd, path);
  if (extname(path) === ".ipynb") return declaredInput(await readDeclared(file), path);
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new UsageError(`"${path}" cannot be read: ${(cause as Error).message}`);
  });
  if (extname(path) === ".py") return declaredInput(declaredEnvironment([text], {}), path);
  return { kind: extname(path) === ".toml" ? "pyproject" : "requirements", text };
}

/** What the notebook of a file declares. */
async function readDeclared(path: string): Promise<DeclaredEnvironment> {
  const { notebook } = await readSource(openLocation(path));
  return declaredBy(notebook);
}

/** What a notebook declares. */
export function declaredBy({ cells, metadata }: Notebook): DeclaredEnvironment {
  const sources = cells.filter((cell) => cell.cell_type === "code").map(({ source }) => source);
  return declaredEnvironment(sources, metadata);
}

function declaredInput({ input }: DeclaredEnvironment, path: string): EnvironmentInput {
  if (input !== null) return input;
  throw new UsageError(`"${path}" has no block of # /// script that declares packages, as PEP 723 has it`);
}
