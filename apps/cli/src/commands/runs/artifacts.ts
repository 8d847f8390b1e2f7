import { createHash } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { type ArtifactList, encodeWireJson } from "@notemill/api";
import { createClient, type PlatformClient } from "@notemill/client";
import type { Command, ParsedCommandLine, Terminal } from "../../command-line/command.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { CONNECTION_OPTIONS, findConnection } from "../../platform/connect.ts";
import { textTable } from "../../text-table.ts";
import { JSON_OPTION, RUN_ARGUMENT } from "./run-argument.ts";
import { runId } from "./run-id.ts";

/** `notemill runs artifacts`: lists and fetches the files that a run left. */
export const artifactsCommand: Command = {
  name: "runs artifacts",
  summary: "List the files that a run left in $NOTEMILL_OUTPUTS, or copy them here",
  description:
    "The hash of every file that is copied is compared with the record. A file that is there already is not written over.",
  arguments: [RUN_ARGUMENT],
  options: [
    {
      name: "get",
      flags: ["--get"],
      values: ["NAME"],
      repeatable: true,
      help: "Copy this file, as the list names it. Can be repeated.",
    },
    { name: "all", flags: ["--all"], help: "Copy every file, with its directories." },
    {
      name: "output",
      flags: ["--output", "-o"],
      values: ["DIRECTORY"],
      help: "Directory that the files are copied to. Default: the current one.",
    },
    {
      name: "attempt",
      flags: ["--attempt"],
      values: ["N"],
      type: "integer",
      help: "Those of this attempt. Default: of the newest that is over.",
    },
    JSON_OPTION,
    ...CONNECTION_OPTIONS,
  ],
  examples: [["notemill runs artifacts 0197… --get plots/loss.png -o out", "writes out/plots/loss.png"]],
  run: artifacts,
};

async function artifacts(parsed: ParsedCommandLine, terminal: Terminal): Promise<number> {
  const { options } = parsed;
  const [given = ""] = parsed.arguments;
  const client = createClient(await findConnection(options, terminal));
  const id = await runId(client, given);
  const list = await client.listArtifacts(id, options.number("attempt"));
  const wanted = options.flag("all") === true ? list.artifacts : options.texts("get").map(findIn(list));
  const target = resolve(terminal.cwd, options.text("output") ?? ".");
  for (const artifact of wanted) await copy(client, { id, attempt: list.attempt, artifact, target });
  const isCopied = options.flag("all") === true || options.isGiven("get");
  if (options.flag("json") === true) terminal.stdout.write(`${encodeWireJson(list)}\n`);
  else if (isCopied) terminal.stdout.write(`${wanted.length} files: ${target}\n`);
  else terminal.stdout.write(`${describe(list)}\n`);
  return 0;
}

type Artifact = ArtifactList["artifacts"][number];

function findIn(list: ArtifactList): (name: string) => Artifact {
  return (name) => {
    const found = list.artifacts.find((it) => it.name === name);
    if (found === undefined)
      throw new UsageError(`option --get: attempt ${list.attempt} left no file "${name}"`);
    return found;
  };
}

/** Copies a file as it comes; what turns out to be something else does not stay. */
async function copy(
  client: Pick<PlatformClient, "getArtifact">,
  file: {
    readonly id: string;
    readonly attempt: number;
    readonly artifact: Artifact;
    readonly target: string;
  },
): Promise<void> {
  const { id, attempt, target } = file;
  const { name, sha256 } = file.artifact;
  // The server is not asked where to write.
  if (name.split("/").some((segment) => segment === ".." || segment === "." || segment === ""))
    throw new UsageError(`the server names a file that leads out of a directory: "${name}"`);
  const path = join(target, name);
  await mkdir(dirname(path), { recursive: true });
  const hash = createHash("sha256");
  const output = await open(path, "wx").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "EEXIST") throw cause;
    throw new UsageError(`there is a file "${path}" already, which is not written over`);
  });
  try {
    const bytes = await client.getArtifact(id, { attempt, name });
    await pipeline(
      bytes,
      async function* (parts: AsyncIterable<Uint8Array>) {
        for await (const part of parts) {
          hash.update(part);
          yield part;
        }
        if (hash.digest("hex") !== sha256)
          throw new UsageError(
            `the file "${name}" is not what the record says; see notemill runs verify ${id}`,
          );
      },
      output.createWriteStream(),
    );
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await output.close();
  }
}

function describe({ attempt, artifacts: files }: ArtifactList): string {
  if (files.length === 0) return `attempt ${attempt} left no files in $NOTEMILL_OUTPUTS`;
  const columns = [{ title: "Name" }, { title: "Bytes", align: "right" as const }, { title: "SHA-256" }];
  return textTable(
    columns,
    files.map(({ name, size, sha256 }) => [name, `${size}`, sha256]),
  );
}
