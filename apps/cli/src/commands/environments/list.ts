import { encodeWireJson } from "@notemill/api";
import { lockedPackages, openEnvironments } from "@notemill/kernel/environments";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { environmentsDirectory } from "../../platform/environments-directory.ts";
import { textTable } from "../../text-table.ts";
import { describeNamed } from "./describe-environment.ts";
import { JSON_OPTION, PLACE_OPTIONS } from "./environment-options.ts";
import { REMOTE_OPTIONS, remoteClient, stateWords } from "./remote-environments.ts";

/** `notemill environments list`: the named environments. */
export const listCommand: Command = {
  name: "environments list",
  summary: "List the named environments",
  arguments: [],
  options: [JSON_OPTION, ...PLACE_OPTIONS, ...REMOTE_OPTIONS],
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
    ...REMOTE_OPTIONS,
  ],
  run: show,
};

async function list(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const { stdout } = terminal;
  const client = await remoteClient(parsed, terminal);
  if (client !== null) {
    const found = await client.listEnvironments();
    const rows = found.environments.map((it) => [
      it.name,
      it.python,
      `${it.packages.length}`,
      it.locked_at,
      it.digest.slice(0, 12),
      stateWords(it),
    ]);
    stdout.write(`${options.flag("json") === true ? encodeWireJson(found) : tableOf(rows)}\n`);
    return 0;
  }
  const environments = openEnvironments(environmentsDirectory(options, terminal), terminal.env);
  const named = await environments.list();
  if (options.flag("json") === true) {
    stdout.write(named.map((it) => `${JSON.stringify(describeNamed(it))}\n`).join(""));
    return 0;
  }
  const built = new Map((await environments.built()).map(({ digest, usedAt }) => [digest, usedAt]));
  const failed = new Map((await environments.failures()).map(({ digest, code }) => [digest, code]));
  const rows = named.map(({ name, lock, lockedAt }) => [
    name,
    lock.python,
    String(lockedPackages(lock).length),
    lockedAt,
    lock.digest.slice(0, 12),
    built.get(lock.digest)?.toISOString() ??
      (failed.has(lock.digest) ? `failed (${failed.get(lock.digest) ?? ""})` : "no"),
  ]);
  stdout.write(`${tableOf(rows)}\n`);
  return 0;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const columns = ["Name", "Python", "Packages", "Locked", "Digest", "Built, last used"].map((title) => ({
    title,
  }));
  return rows.length === 0 ? "no environments" : textTable(columns, rows);
}

async function show(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const {
    arguments: [name = ""],
    options,
  } = parsed;
  const { stdout } = terminal;
  const client = await remoteClient(parsed, terminal);
  if (client !== null) {
    const found = await client.getEnvironment(name);
    if (options.flag("lock") === true) stdout.write(found.lock);
    else if (options.flag("json") === true) stdout.write(`${encodeWireJson(found)}\n`);
    else {
      const { failure } = found;
      const why = failure === null ? "" : `\n${failure.message} (${failure.code})`;
      stdout.write(
        `Python ${found.python}\n${found.packages.join("\n")}\nBuilt: ${stateWords(found)}${why}\n`,
      );
    }
    return 0;
  }
  const environments = openEnvironments(environmentsDirectory(options, terminal), terminal.env);
  const found = await environments.get(name);
  if (options.flag("lock") === true) stdout.write(found.lock.text);
  else if (options.flag("json") === true) stdout.write(`${JSON.stringify(describeNamed(found))}\n`);
  else stdout.write(`Python ${found.lock.python}\n${lockedPackages(found.lock).join("\n")}\n`);
  return 0;
}
