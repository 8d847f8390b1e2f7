import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Source } from "@notemill/api";
import type { RunnerClient } from "@notemill/client";
import { RunnerError } from "./runner-error.ts";
import { untilAnswered } from "./until-answered.ts";

/** The source was there when the run was submitted: a disk that is away comes back, or somebody puts it there. */
const PATIENCE = { alsoPassing: ["SOURCE_NOT_FOUND"], patienceMs: 30_000 };

/** A source that is in a directory. */
export interface FetchedSource {
  /** Path of the notebook. */
  readonly notebookPath: string;
  readonly environment: Source["environment"];
}

/**
 * Makes a directory from a source.
 *
 * @throws {@link RunnerError} `SOURCE_DAMAGED` where a file is not what the source says.
 */
export async function fetchSource(
  client: Pick<RunnerClient, "getSource" | "getSourceFile">,
  hash: string,
  directory: string,
  signal: AbortSignal,
): Promise<FetchedSource> {
  const { files, notebook, environment } = await untilAnswered(
    () => client.getSource(hash, { signal }),
    signal,
    PATIENCE,
  );
  for (const { path, sha256 } of files) {
    const bytes = await untilAnswered(() => client.getSourceFile(hash, path, { signal }), signal, PATIENCE);
    if (createHash("sha256").update(bytes).digest("hex") !== sha256 || path.split("/").includes("..")) {
      throw new RunnerError(
        "SOURCE_DAMAGED",
        `the file "${path}" of source ${hash} is not what the source says`,
      );
    }
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), bytes, { flag: "wx" });
  }
  return { notebookPath: join(directory, notebook), environment };
}
