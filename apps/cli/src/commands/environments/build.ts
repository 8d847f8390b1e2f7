import { lockedPackages, openEnvironments } from "@notemill/kernel/environments";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { environmentsDirectory } from "../../platform/environments-directory.ts";
import { PLACE_OPTIONS } from "./environment-options.ts";
import { buildRemote, REMOTE_OPTIONS, remoteClient } from "./remote-environments.ts";

/** `notemill environments build`: builds an environment before a run needs it. */
export const buildCommand: Command = {
  name: "environments build",
  summary: "Build a named environment now, so that no run has to wait for it",
  description:
    "The first run in an environment would build it. Exits with 1 and the words of uv when it cannot be built; a server keeps them, see notemill environments show --server.",
  arguments: [{ name: "NAME", help: "Name of the environment." }],
  options: [...PLACE_OPTIONS, ...REMOTE_OPTIONS],
  examples: [
    ["notemill environments build reports --server http://10.0.0.5:8765", "in the server's directory"],
  ],
  run: build,
};

async function build(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { stdout, stderr, interrupted } = terminal;
  const [name = ""] = parsed.arguments;
  const client = await remoteClient(parsed, terminal);
  if (client !== null) {
    const { state, failure, digest, packages } = await buildRemote(client, name, interrupted);
    if (state === "built") stdout.write(`${name}  ${packages.length} packages, ${digest.slice(0, 12)}\n`);
    else stderr.write(`${failure?.message ?? "the server has not built it"} (${failure?.code ?? state})\n`);
    return state === "built" ? 0 : 1;
  }
  const environments = openEnvironments(environmentsDirectory(parsed.options, terminal), terminal.env);
  const { lock } = await environments.get(name);
  const { prefix } = await environments.build(lock, interrupted);
  stdout.write(`${name}  ${lockedPackages(lock).length} packages: ${prefix}\n`);
  return 0;
}
