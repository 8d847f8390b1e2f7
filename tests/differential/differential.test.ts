import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isJsonObject, JsonNumber, type JsonValue, parseJson } from "@notemill/json";
import { NOTEMILL, startCommand, withDirectory } from "../support/cli.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { CASES, type DifferentialCase } from "./cases.ts";
import { DIFFERENCES } from "./differences.ts";
import { differingPaths, type Json, normalise } from "./normalise.ts";
import { type Papermill, startPapermill } from "./start-papermill.ts";

const PEERS = resolve(process.env["NOTEMILL_PEERS_VENV"] ?? ".venv-peers");
const FIXTURES = resolve("tests/differential/fixtures");

const ENVIRONMENT = { NOTEMILL_VENV: PEERS, JUPYTER_PLATFORM_DIRS: "1" };

let papermill: Papermill;
beforeAll(() => {
  papermill = startPapermill(PEERS, ENVIRONMENT);
});
afterAll(() => papermill.end());

/** Runs a program in a directory with some arguments. */
type Program = (
  cwd: string,
  args: readonly string[],
) => Promise<{ readonly exitCode: number | null; readonly printed: string }>;

const runNotemill: Program = async (cwd, args) => {
  const { result } = startCommand(NOTEMILL, ["run", ...args], { cwd, env: ENVIRONMENT });
  const { exitCode, stderr } = await result;
  return { exitCode, printed: stderr };
};

const runPapermill: Program = (cwd, args) => papermill.run({ cwd, args, log: `${cwd}.log` });

/** What a program left behind. */
interface Result {
  readonly exitCode: number | null;
  readonly printed: string;
  /** The output notebook, or `undefined` where there is none. */
  readonly notebook: Json | undefined;
}

/** Runs one of the programs in a directory of its own. */
async function runIn(program: Program, { notebook, args }: DifferentialCase): Promise<Result> {
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

/** The output notebook without what only Notemill writes. */
function withoutOwnMetadata(notebook: Json | undefined): Json | undefined {
  if (typeof notebook !== "object" || notebook === null || Array.isArray(notebook)) return notebook;
  const { notemill: own, ...metadata } = notebook["metadata"] as { [key: string]: Json };
  expect(own === undefined ? "prepared" : "run").toMatch(/prepared|run/);
  return { ...notebook, metadata };
}

describe.concurrent("against papermill", () => {
  for (const { retry, ...both } of CASES) {
    const name = `${both.notebook} ${both.args.join(" ")}`;
    it(name, retry === undefined ? {} : { retry }, () => compare(both));
  }
});

/** Runs both and looks for differences other than the deliberate ones. */
async function compare(it: DifferentialCase): Promise<void> {
  const [ours, theirs] = await Promise.all([runIn(runNotemill, it), runIn(runPapermill, it)]);
  const expected = (it.differs ?? []).flatMap(({ paths }) => paths);
  const context = `${ours.printed}\n--- papermill:\n${theirs.printed}`;

  if (it.output !== undefined) expect(ours.notebook, context).toBeUndefined();
  if (it.output === "none") expect(theirs.notebook, context).toBeUndefined();
  const left = {
    exitCode: ours.exitCode,
    ...(it.output ? {} : (withoutOwnMetadata(ours.notebook) as object)),
  } as Json;
  const right = { exitCode: theirs.exitCode, ...(it.output ? {} : (theirs.notebook as object)) } as Json;
  const found = differingPaths(left, right);
  expect(found, `${context}\nours: ${JSON.stringify(left)}\ntheirs: ${JSON.stringify(right)}`).toEqual(
    expected,
  );
}

it("what a kernel writes by itself comes out between papermill's output, and not between Notemill's", async () => {
  await withDirectory(async (directory) => {
    const notebook = join(directory, "in.ipynb");
    await writeNotebook(notebook, ["import os\nos.write(1, b'from the process itself\\n')"]);
    const args = [notebook, "-"];
    const { result } = startCommand(NOTEMILL, ["run", ...args], { cwd: directory, env: ENVIRONMENT });
    const ours = await result;
    const theirs = await papermill.run({ cwd: directory, args, log: join(directory, "log") });
    expect([ours.exitCode, theirs.exitCode]).toEqual([0, 0]);
    expect(ours.stdout + ours.stderr).not.toContain("from the process itself\n");
    expect(parseJson(ours.stdout)).toHaveProperty("cells");
    expect(theirs.printed).toMatch(/^from the process itself$/m);
  });
});

it("docs list every deliberate difference", async () => {
  const rows = Object.values(DIFFERENCES).map(
    ({ title, papermill, notemill, reason, compat }) =>
      `| ${title} | ${papermill} | ${notemill} | ${reason} | ${compat} |`,
  );
  const page = await readFile("docs/guides/coming-from-papermill.md", "utf8");
  for (const row of rows) expect(page).toContain(row);
});
