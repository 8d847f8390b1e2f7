import { encodeWireJson } from "@notemill/api";
import type { PlatformClient } from "@notemill/client";
import {
  type EnvironmentInput,
  openEnvironments,
  lockedPackages,
  type NamedEnvironment,
} from "@notemill/kernel/environments";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { environmentsDirectory } from "../../platform/environments-directory.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { parseDuration } from "../../command-line/parse-duration.ts";
import { FROM_OPTION, JSON_OPTION, PLACE_OPTIONS } from "./environment-options.ts";
import { readInput } from "./read-input.ts";
import { buildRemote, REMOTE_OPTIONS, remoteClient } from "./remote-environments.ts";
import { describeNamed } from "./describe-environment.ts";

const NAME = { name: "NAME", help: "Name of the environment." };

/** `notemill environments create`: makes a named environment. */
export const createCommand: Command = {
  name: "environments create",
  summary: "Make a named environment of Python packages, locked to exact versions",
  description:
    "uv resolves what is asked for to versions and hashes; ipykernel is added where it is not asked for. The environment is built when it is first run in, or now with --build, and shared by notemill run, the server and its runners. An environment of the same name is replaced; runs that have begun keep their lock.",
  arguments: [NAME],
  options: [
    FROM_OPTION,
    { name: "build", flags: ["--build"], help: "Build it now." },
    JSON_OPTION,
    ...PLACE_OPTIONS,
    ...REMOTE_OPTIONS,
  ],
  examples: [
    ["notemill environments create reports --from requirements.txt", "from a requirements file"],
    ["notemill run report.ipynb out.ipynb --environment reports", "runs in it"],
  ],
  run: async (parsed, terminal) => {
    const [name = ""] = parsed.arguments;
    const input = await readInput(parsed.options, terminal);
    const client = await remoteClient(parsed, terminal);
    if (client !== null) return createRemote(client, parsed, { name, input, terminal });
    const environments = open(parsed, terminal);
    const call = { now: new Date(), signal: terminal.interrupted };
    return finish(parsed, terminal, await environments.create(name, input, call));
  },
};

/** `notemill environments lock`: resolves an environment anew. */
export const lockCommand: Command = {
  name: "environments lock",
  summary: "Resolve an environment anew, to the newest versions that it allows",
  description:
    "What is run from here on gets the new versions. With --from a notebook or script, what it declares itself is resolved anew: --environment auto uses the versions that were found first, until this is asked for.",
  arguments: [{ ...NAME, optional: true }],
  options: [
    FROM_OPTION,
    { name: "build", flags: ["--build"], help: "Build it now." },
    JSON_OPTION,
    ...PLACE_OPTIONS,
  ],
  run: async (parsed, terminal) => {
    const [name] = parsed.arguments;
    const environments = open(parsed, terminal);
    const call = { now: new Date(), signal: terminal.interrupted };
    if ((name === undefined) !== parsed.options.isGiven("from"))
      throw new UsageError("give a name, or a notebook or script with --from");
    if (name !== undefined) {
      const { input } = await environments.get(name);
      return finish(parsed, terminal, await environments.create(name, input, call));
    }
    const input = await readInput(parsed.options, terminal);
    const lock = await environments.relock(input, call);
    return finish(parsed, terminal, { name: "auto", input, lock, lockedAt: call.now.toISOString() });
  },
};

/** `notemill environments remove`: forgets a name. */
export const removeCommand: Command = {
  name: "environments remove",
  summary: "Forget a named environment; what is built of it stays until it is pruned",
  arguments: [NAME],
  options: [...PLACE_OPTIONS, ...REMOTE_OPTIONS],
  run: async (parsed, terminal) => {
    const [name = ""] = parsed.arguments;
    const client = await remoteClient(parsed, terminal);
    if (client !== null) {
      await client.deleteEnvironment(name);
      return 0;
    }
    const environments = open(parsed, terminal);
    await environments.get(name);
    await environments.remove(name);
    return 0;
  },
};

/** `notemill environments prune`: removes built environments. */
export const pruneCommand: Command = {
  name: "environments prune",
  summary: "Remove built environments that have not been used for long",
  description: "A run that wants one of them builds it again, of the same versions. Names and locks stay.",
  arguments: [],
  options: [
    {
      name: "unused",
      flags: ["--unused"],
      values: ["DURATION"],
      help: "Those that have not been used for so long, as 7d. Default 30d. One that a kernel runs in may be among those of 0s.",
    },
    ...PLACE_OPTIONS,
  ],
  run: async (parsed, terminal) => {
    const text = parsed.options.text("unused") ?? "30d";
    const seconds = parseDuration(text);
    if (seconds === undefined || seconds < 0)
      throw new UsageError(`option --unused: "${text}" is no duration`);
    const gone = await open(parsed, terminal).prune(new Date(Date.now() - seconds * 1000));
    terminal.stdout.write(`${gone.length} environments removed\n`);
    return 0;
  },
};

async function finish(
  parsed: ParsedCommandLine,
  terminal: Terminal,
  made: NamedEnvironment,
): Promise<number> {
  if (parsed.options.flag("build") === true)
    await open(parsed, terminal).build(made.lock, terminal.interrupted);
  const text = `${made.name}  Python ${made.lock.python}, ${lockedPackages(made.lock).length} packages, ${made.lock.digest.slice(0, 12)}`;
  terminal.stdout.write(
    `${parsed.options.flag("json") === true ? JSON.stringify(describeNamed(made)) : text}\n`,
  );
  return 0;
}

async function createRemote(
  client: PlatformClient,
  { options }: ParsedCommandLine,
  asked: { readonly name: string; readonly input: EnvironmentInput; readonly terminal: Terminal },
): Promise<number> {
  const { name, input, terminal } = asked;
  const { stdout, stderr, interrupted } = terminal;
  const locked = await client.putEnvironment(name, input, { signal: interrupted });
  const made = options.flag("build") === true ? await buildRemote(client, name, interrupted) : locked;
  const { python, packages, digest, failure } = made;
  const text = `${name}  Python ${python}, ${packages.length} packages, ${digest.slice(0, 12)}`;
  stdout.write(`${options.flag("json") === true ? encodeWireJson(made) : text}\n`);
  if (failure !== null) stderr.write(`${failure.message} (${failure.code})\n`);
  return failure === null ? 0 : 1;
}

function open({ options }: ParsedCommandLine, terminal: Terminal): ReturnType<typeof openEnvironments> {
  return openEnvironments(environmentsDirectory(options, terminal), terminal.env);
}
