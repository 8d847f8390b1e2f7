import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseJson } from "@notemill/json";
import { NOTEMILL, startCommand, withDirectory } from "../support/cli.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { CASES, type DifferentialCase } from "./cases.ts";
import { DIFFERENCES } from "./differences.ts";
import { differingPaths, type Json } from "./normalise.ts";
import { readPapermillRecord } from "./papermill-record.ts";
import { type CaseResult, ENVIRONMENT, nameOf, PEERS, type Program, runCase } from "./run-case.ts";
import { runPapermill } from "./run-papermill.ts";
import { type Papermill, startPapermill } from "./start-papermill.ts";

/** Papermill takes most of the time, so what it leaves behind is on record; `npm run soak` holds the record to papermill. */
const record = readPapermillRecord();

let papermill: Papermill;
beforeAll(() => {
  papermill = startPapermill(PEERS, ENVIRONMENT);
});
afterAll(() => papermill.end());

const runNotemill: Program = async (cwd, args) => {
  const { result } = startCommand(NOTEMILL, ["run", ...args], { cwd, env: ENVIRONMENT });
  const { exitCode, stderr } = await result;
  return { exitCode, printed: stderr };
};

async function papermillResult(it: DifferentialCase): Promise<CaseResult> {
  if (record === null) return runPapermill(papermill, it);
  const recorded = record.results[nameOf(it)];
  if (recorded === undefined) throw new Error("papermill's result is not on record; record it anew");
  return {
    exitCode: recorded.exitCode,
    printed: "(on record)",
    notebook: recorded.notebook === null ? undefined : recorded.notebook,
  };
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
    it(nameOf(both), retry === undefined ? {} : { retry }, () => compare(both));
  }
});

/** Runs both and looks for differences other than the deliberate ones. */
async function compare(it: DifferentialCase): Promise<void> {
  const [ours, theirs] = await Promise.all([runCase(runNotemill, it), papermillResult(it)]);
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
