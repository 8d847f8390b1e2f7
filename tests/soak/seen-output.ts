import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { type PythonProcess, startPython } from "../../packages/json/test/python-process.ts";
import { type Tick, ticksIn } from "./ticking-notebook.ts";

/** What an output notebook says. */
export interface SeenOutput {
  readonly text: string;
  readonly status: string;
  readonly failure:
    | { readonly code: string; readonly message: string; readonly cell_id?: string }
    | undefined;
  /** Id and status of each cell; that of a marker is `marker`. */
  readonly cells: readonly { readonly id: string; readonly status: string }[];
  readonly ticks: readonly Tick[];
}

interface PlainNotebook {
  readonly metadata: { readonly notemill: Pick<SeenOutput, "status" | "failure"> };
  readonly cells: readonly {
    readonly id: string;
    readonly metadata: {
      readonly tags?: readonly string[];
      readonly papermill?: { readonly status: string };
    };
    readonly outputs?: readonly { readonly name?: string; readonly text?: readonly string[] }[];
  }[];
}

/** Reads output notebooks, and holds each to the official schema. */
export interface OutputReader {
  /** @throws when there is a file and it is no valid notebook. */
  read(path: string): Promise<SeenOutput | undefined>;
  close(): Promise<void>;
}

/** Starts the validator. */
export function createOutputReader(): OutputReader {
  const python: PythonProcess = startPython(new URL("validate-notebooks.py", import.meta.url));
  return {
    async read(path) {
      const text = await readFile(path, "utf8").catch(() => undefined);
      if (text === undefined) return undefined;
      const { valid, error } = (await python.ask({ text })) as { valid: boolean; error?: string };
      assert.ok(valid, `${path} is no valid notebook: ${error}`);
      return { text, ...summaryOf(JSON.parse(text) as PlainNotebook) };
    },
    close: python.close,
  };
}

function summaryOf({ metadata, cells }: PlainNotebook): Omit<SeenOutput, "text"> {
  const printed = cells.map(({ outputs = [] }) =>
    outputs.flatMap(({ name, text = [] }) => (name === "stdout" ? text : [])).join(""),
  );
  return {
    status: metadata.notemill.status,
    failure: metadata.notemill.failure,
    cells: cells.map(({ id, metadata: { tags = [], papermill } }) => ({
      id,
      status: tags.includes("papermill-error-cell-tag") ? "marker" : (papermill?.status ?? "none"),
    })),
    ticks: printed.flatMap(ticksIn),
  };
}
