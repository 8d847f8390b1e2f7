import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isJsonObject, JsonNumber, type JsonValue, parseJson } from "@notemill/json";
import type { DifferentialCase } from "./cases.ts";
import { type Json, normalise } from "./normalise.ts";

/** The virtual environment with papermill, whose kernel both programs use. */
export const PEERS = resolve(process.env["NOTEMILL_PEERS_VENV"] ?? ".venv-peers");

/** The environment variables of both programs. */
export const ENVIRONMENT = { NOTEMILL_VENV: PEERS, JUPYTER_PLATFORM_DIRS: "1" };

const FIXTURES = resolve("tests/differential/fixtures");

/** Runs a program in a directory with some arguments. */
export type Program = (
  cwd: string,
  args: readonly string[],
) => Promise<{ readonly exitCode: number | null; readonly printed: string }>;

/** What a program left behind. */
export interface CaseResult {
  readonly exitCode: number | null;
  readonly printed: string;
  /** The output notebook, normalised, or `undefined` where there is none. */
  readonly notebook: Json | undefined;
}

/** The case as it is shown and recorded. */
export function nameOf({ notebook, args }: DifferentialCase): string {
  return `${notebook} ${args.join(" ")}`;
}

/** Runs a program on a case, in a directory of its own. */
export async function runCase(program: Program, { notebook, args }: DifferentialCase): Promise<CaseResult> {
  const directory = await mkdtemp(join(tmpdir(), "notemill-differential-"));
  try {
    await mkdir(join(directory, "sub"));
    await cp(join(FIXTURES, `${notebook}.ipynb`), join(directory, `${notebook}.ipynb`)).catch(
      () => undefined,
    );
    await writeFile(join(directory, "parameters.yaml"), "alpha: 0.25\nname: from a file\n");
    const ended = await program(directory, [`${notebook}.ipynb`, "out.ipynb", ...args]);
    const text = await readFile(join(directory, "out.ipynb"), "utf8").catch(() => undefined);
    return { ...ended, notebook: text === undefined ? undefined : normalise(readJson(text), directory) };
  } finally {
    await rm(directory, { recursive: true, force: true });
    await rm(`${directory}.log`, { force: true });
  }
}

/** Reads JSON with numbers that JavaScript would change as their text, so that `1.0` and `1` differ. */
function readJson(text: string): Json {
  const plain = (value: JsonValue): Json => {
    if (value instanceof JsonNumber) return `<number ${value.text}>`;
    if (Array.isArray(value)) return value.map((it: JsonValue) => plain(it));
    if (isJsonObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, plain(it)]));
    }
    return value as Json;
  };
  return plain(parseJson(text));
}
