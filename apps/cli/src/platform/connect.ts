import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ClientOptions, Send } from "@notemill/client";
import { readServerFile } from "@notemill/server/server-file";
import type { OptionDefinition, OptionValues, Terminal } from "../command-line/command.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { DATA_OPTION, dataDirectory } from "./data-directory.ts";

/** Names the file with the token. */
export const TOKEN_FILE_OPTION: OptionDefinition = {
  name: "tokenFile",
  flags: ["--token-file"],
  values: ["PATH"],
  help: "File with the server's token. Default: token in the data directory; $NOTEMILL_TOKEN is the token itself.",
};

/** Names the server. */
const SERVER_OPTION: OptionDefinition = {
  name: "server",
  flags: ["--server"],
  values: ["URL"],
  help: "The server. Default $NOTEMILL_SERVER, else the one that runs on the data directory.",
};

/** The options of every command that asks a server. */
export const CONNECTION_OPTIONS: readonly OptionDefinition[] = [
  SERVER_OPTION,
  TOKEN_FILE_OPTION,
  DATA_OPTION,
];

/**
 * Works out which server is asked, with which token. The token of the data
 * directory is sent only to the server that has it.
 *
 * @throws {@link UsageError} when nothing says which.
 */
export async function findConnection(options: OptionValues, terminal: Terminal): Promise<ClientOptions> {
  const { env } = terminal;
  const data = dataDirectory(options, terminal);
  const local = await readServerFile(data);
  const serverUrl = options.text("server") ?? (env["NOTEMILL_SERVER"] || local?.url);
  if (serverUrl === undefined) {
    throw new UsageError(
      `no server has run on "${data}" yet; start one with notemill serve, or name one with --server`,
    );
  }
  const isLocal = local !== null && withoutSlash(local.url) === withoutSlash(serverUrl);
  const file = options.text("tokenFile") ?? (isLocal ? join(data, "token") : undefined);
  const given = options.isGiven("tokenFile") ? undefined : env["NOTEMILL_TOKEN"];
  const token = given || (file === undefined ? undefined : await readTokenFile(file));
  if (token === undefined) {
    throw new UsageError(`no token for ${serverUrl}; name its file with --token-file, or set NOTEMILL_TOKEN`);
  }
  if (!/^[\u0020-\u007e]+$/.test(token)) {
    const place = given ? "NOTEMILL_TOKEN" : `the file "${file}"`;
    throw new UsageError(`${place} holds no token, which is one line of ASCII characters`);
  }
  return { serverUrl, token, send };
}

const send: Send = async (url, request) => (await import("./send-over-http.ts")).sendOverHttp(url, request);

async function readTokenFile(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).trim();
  } catch (cause) {
    throw new UsageError(`the token file "${path}" cannot be read: ${(cause as Error).message}`);
  }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
