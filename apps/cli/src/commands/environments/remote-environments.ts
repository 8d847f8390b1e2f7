import { setTimeout as sleep } from "node:timers/promises";
import type { Environment } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import type { OptionDefinition, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { CONNECTION_OPTIONS, findConnection, TOKEN_FILE_OPTION } from "../../platform/connect.ts";

/** Asks a server for its environments in place of looking into a directory of this machine. */
export const REMOTE_OPTIONS: readonly OptionDefinition[] = [
  ...CONNECTION_OPTIONS.filter(({ name }) => name === "server").map((option) => ({
    ...option,
    help: "Ask this server for its environments, in place of those in a directory of this machine.",
  })),
  TOKEN_FILE_OPTION,
];

/** The server that a command is to ask; null where it is about a directory. */
export async function remoteClient(
  { options }: ParsedCommandLine,
  terminal: Terminal,
): Promise<PlatformClient | null> {
  return options.isGiven("server") ? createClient(await findConnection(options, terminal)) : null;
}

/** How often a build is looked at, in milliseconds. */
const LOOK_MS = 500;

/** Lets a server build an environment, and waits for the end. */
export async function buildRemote(
  client: PlatformClient,
  name: string,
  signal: AbortSignal,
): Promise<Environment> {
  let latest = await client.buildEnvironment(name, { signal });
  while (latest.state === "building") {
    await sleep(LOOK_MS, undefined, { signal });
    latest = await client.getEnvironment(name, { signal });
  }
  return latest;
}

/** Whether an environment is built, in a word or two. */
export function stateWords({ state, used_at: usedAt, failure }: Environment): string {
  if (state === "built") return usedAt ?? "yes";
  if (failure !== null) return `failed (${failure.code})`;
  return state === "building" ? "building" : "no";
}
