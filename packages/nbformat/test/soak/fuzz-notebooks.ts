/**
 * Feeds readers and writers of notebooks with damaged, edited and generated
 * ones for as long as it is told to, and ends with an error at the first finding.
 *
 *     node --conditions=@notemill/source packages/nbformat/test/soak/fuzz-notebooks.ts --seconds 600 [--seed N]
 */
import { readdirSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { encodeJson } from "@notemill/json";
import { encodeNotebook, readNotebook } from "@notemill/nbformat";
import fc from "fast-check";
import { startPython } from "../../../json/test/python-process.ts";
import { edit } from "../arbitrary-edit.ts";
import { notebookText } from "../arbitrary-file.ts";
import { everyMutation, mutate, mutation } from "../arbitrary-mutation.ts";
import type { Plain } from "../arbitrary-mutation.ts";
import { fileNotebookV3 } from "../arbitrary-notebook-v3.ts";
import { fileNotebook } from "../arbitrary-notebook.ts";
import { everyField } from "../every-field.ts";
import { savesEdits } from "../saves-edits.ts";
import { surviving } from "../survive.ts";

const { values } = parseArgs({ options: { seconds: { type: "string" }, seed: { type: "string" } } });
const seconds = Number(values.seconds ?? 60);
const firstSeed = values.seed ?? String(Date.now() % 1_000_000);
const deadline = Date.now() + seconds * 1000;

const FIXTURES = new URL("../../fixtures/", import.meta.url);
const fixtures = readdirSync(FIXTURES).map((name) => readFileSync(new URL(name, FIXTURES), "utf8"));
const text = fc.oneof(notebookText, fc.constantFrom(...fixtures));

const python = startPython(new URL("../nbformat-oracle.py", import.meta.url));

/** Reads and writes as Jupyter's nbformat does. */
async function agreesWithJupyter(file: string): Promise<void> {
  let count = 0;
  const ours = encodeNotebook(readNotebook(file, { newId: () => `new-${++count}` }).notebook);
  const theirs = (await python.ask({ text: file })) as { text?: string; error?: string };
  if (theirs.text !== ours) throw new Error(`Jupyter gives ${theirs.text ?? theirs.error}, we ${ours}`);
}

interface Round {
  readonly seed: number;
  readonly numRuns: number;
}

const rounds: Readonly<Record<string, (options: Round) => Promise<void>>> = {
  async "damaged notebooks"(options) {
    const parts = [text, fc.nat(), fc.nat(20), fc.string({ unit: "binary", maxLength: 3 })] as const;
    const damaged = fc.property(...parts, (file, place, removed, inserted) => {
      const at = place % (file.length + 1);
      surviving(file.slice(0, at) + inserted + file.slice(at + removed));
    });
    fc.assert(damaged, options);
  },
  async "notebooks of two halves"(options) {
    const halves = fc.property(text, text, fc.nat(), fc.nat(), (first, second, end, start) => {
      surviving(first.slice(0, end % first.length) + second.slice(start % second.length));
    });
    fc.assert(halves, options);
  },
  async "mutated notebooks"(options) {
    const mutated = fc.property(
      fc.constantFrom(...fixtures),
      fc.array(mutation, { maxLength: 5 }),
      (file, mutations) => {
        const plain = JSON.parse(file.replaceAll(/-?\b(?:NaN|Infinity)\b/g, "0.5")) as Plain;
        surviving(JSON.stringify(mutations.reduce(mutate, plain)));
      },
    );
    fc.assert(mutated, options);
  },
  async "edited files"(options) {
    const edited = fc.property(notebookText, fc.array(edit, { maxLength: 6 }), savesEdits);
    fc.assert(edited, options);
  },
  async "notebooks that Jupyter reads too"(options) {
    const notebooks = fc.oneof(fileNotebook, fileNotebookV3);
    const alike = fc.asyncProperty(notebooks, (notebook) => agreesWithJupyter(encodeJson(notebook)));
    await fc.assert(alike, options);
  },
};

/**
 * Every single change to a notebook that has every field, as far as half of the time goes:
 * each seed begins elsewhere, so that many short passes make a whole one.
 */
function singleMutations(untilMs: number): string {
  const worksheets = JSON.parse(fixtures.find((it) => it.includes("worksheets")) ?? "") as Plain;
  const all = [everyField(0), everyField(5), worksheets].flatMap((notebook) =>
    [...everyMutation(notebook)].map((change) => ({ notebook, change })),
  );
  let done = 0;
  while (done < all.length && Date.now() < untilMs) {
    const next = all[(Number(firstSeed) * 7919 + done++) % all.length];
    if (next) surviving(JSON.stringify(mutate(next.notebook, next.change)));
  }
  return `${done} of ${all.length} single mutations`;
}

process.stdout.write(`${singleMutations(Date.now() + seconds * 500)}: no finding\n`);

for (let seed = Number(firstSeed); Date.now() < deadline; seed += 1) {
  for (const [name, round] of Object.entries(rounds)) {
    if (Date.now() >= deadline) break;
    await round({ seed, numRuns: 100 });
    process.stdout.write(`${name}, seed ${seed}: no finding\n`);
  }
}
await python.close();
