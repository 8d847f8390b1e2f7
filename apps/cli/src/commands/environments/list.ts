import { lockedPackages, openEnvironments } from "@notemill/kernel/environments";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { environmentsDirectory } from "../../platform/environments-directory.ts";
import { textTable } from "../../text-table.ts";
import { describeNamed } from "./describe-environment.ts";
import { JSON_OPTION, PLACE_OPTIONS } from "./environment-options.ts";

/** `notemill environments list`: the named environments. */
export const listCommand: Command = {
  name: "environments list",
  summary: "List the named environments",
  arguments: [],
  options: [JSON_OPTION, ...PLACE_OPTIONS],
  run: list,
};

/** `notemill environments show`: what is in one. */
export const showCommand: Command = {
  name: "environments show",
  summary: "Show what is in an environment",
  arguments: [{ name: "NAME", help: "Name of the environment." }],
  options: [
    { name: "lock", flags: ["--lock"], help: "Print the lock: a requirements file with hashes." },
    JSON_OPTION,
    ...PLACE_OPTIONS,
  ],
  run: show,
};

async function list({ options }: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout } = terminal;
  const environments = openEnvironments(environmentsDirectory(options, terminal), terminal.env);
  const named = await environments.list();
  if (options.flag("json") === true) {
    stdout.write(named.map((it) => `${JSON.stringify(describeNamed(it))}\n`).join(""));
    return 0;
  }
  const built = new Map((await environments.built()).map(({ digest, usedAt }) => [digest, usedAt]));
  const columns = ["Name", "Python", "Packages", "Locked", "Digest", "Built, last used"].map((title) => ({
    title,
  }));
  const rows = named.map(({ name, lock, lockedAt }) => [
    name,
    lock.python,
    String(lockedPackages(lock).length),
    lockedAt,
    lock.digest.slice(0, 12),
    built.get(lock.digest)?.toISOString() ?? "no",
  ]);
  stdout.write(named.length === 0 ? "no environments\n" : `${textTable(columns, rows)}\n`);
  return 0;
}

async function show(
  { arguments: [name = ""], options }: ParsedCommandLine,
  terminal: Terminal,
): Promise<number> {
  const { stdout } = terminal;
  const environments = openEnvironments(environmentsDirectory(options, terminal), terminal.env);
  const found = await environments.get(name);
  if (options.flag("lock") === true) stdout.write(found.lock.text);
  else if (options.flag("json") === true) stdout.write(`${JSON.stringify(describeNamed(found))}\n`);
  else stdout.write(`Python ${found.lock.python}\n${lockedPackages(found.lock).join("\n")}\n`);
  return 0;
}
