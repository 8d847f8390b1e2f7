import { appendFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Output } from "@notemill/nbformat";

/** Copies of what cells print, for `--stdout-file` and `--stderr-file`. */
export interface StreamFilesOptions {
  readonly stdoutFile?: string | undefined;
  readonly stderrFile?: string | undefined;
  /** What a relative path is relative to; papermill takes the working directory of the kernel. */
  readonly cwd: string;
}

/**
 * Makes a function that appends stream text to the files as it arrives.
 *
 * A file is made when there is something to write to it.
 */
export function createStreamFiles({
  stdoutFile,
  stderrFile,
  cwd,
}: StreamFilesOptions): (output: Output) => void {
  const files = new Map(
    [["stdout", stdoutFile] as const, ["stderr", stderrFile] as const].flatMap(([name, path]) =>
      path === undefined ? [] : [[name as string, resolve(cwd, path)] as const],
    ),
  );
  return (output) => {
    const path = output.output_type === "stream" ? files.get(output.name) : undefined;
    if (path !== undefined && output.output_type === "stream") appendFileSync(path, output.text);
  };
}
