import { stripVTControlCharacters } from "node:util";
import { asTyped } from "../command-line/as-typed.ts";
import type { Terminal } from "../command-line/command.ts";
import { isOnPath } from "../platform/is-on-path.ts";
import { oneLine } from "./one-line.ts";
import { type RunFailure, type RunOutcome, shellWord, shortened } from "@notemill/executor";

/** Lines that say why a run did not succeed: the traceback where there is one, then one sentence. */
export function describeFailure(outcome: RunOutcome, useColour: boolean): readonly string[] {
  const { failure } = outcome;
  if (!failure) return [];
  const lines =
    failure.traceback === undefined || failure.traceback.length === 0 ? [] : tracebackLines(failure);
  return [
    ...lines.map((line) => (useColour ? line : stripVTControlCharacters(line))),
    sentence(outcome, failure),
  ];
}

function tracebackLines({ traceback = [], execution_count: count = null }: RunFailure): readonly string[] {
  const lines = traceback.slice(-MOST_FRAMES).map((line) => shortened(line, FRAME_LENGTH));
  return ["", "-".repeat(75), `Exception encountered at "In [${count ?? " "}]":`, ...lines, ""];
}

/** An exception may say a hundred megabytes, which are in the notebook and of no use on a terminal. */
const FRAME_LENGTH = 20_000;
const MOST_FRAMES = 200;

function sentence({ outputPath }: RunOutcome, failure: RunFailure): string {
  const where =
    failure.cell_index === undefined ? "" : ` at cell ${failure.cell_index + 1} (id ${failure.cell_id})`;
  const isThere = outputPath !== null && outputPath !== "-" && failure.code !== "OUTPUT_NOT_SAVED";
  const file = isThere ? `; see ${outputPath}` : "";
  return `notemill: ${oneLine(failure.message)}${where}${file} (${failure.code})`;
}

/** How to get at the kernel that was kept, if one was. */
export function keptKernelLines(
  { keptKernel, outputPath }: RunOutcome,
  terminal: Pick<Terminal, "env" | "typedAs">,
): readonly string[] {
  if (!keptKernel) return [];
  const until = new Date(keptKernel.untilMs).toLocaleTimeString("en-GB");
  return [
    `The kernel lives on until ${until}, with its variables:`,
    `  look into it:  jupyter console --existing ${shellWord(keptKernel.connectionFile)}`,
    ...(isOnPath("jupyter-console", terminal)
      ? []
      : ["    (jupyter console is not installed here; it comes with:  pip install jupyter-console)"]),
    asTyped(
      `  go on from the failed cell, mended or not:  notemill run --resume ${shellWord(outputPath ?? "")}`,
      terminal,
    ),
  ];
}
