/**
 * Runs papermill on every case of the differential suite and compares with what
 * the suite has on record of it: once at least, and for as long as it is told.
 *
 *     node --conditions=@notemill/source tests/differential/soak/papermill-soak.ts --seconds 600
 *
 * With NOTEMILL_RECORD_PAPERMILL=1 it writes the record. It exits with 1 when there was a finding.
 */
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { CASES, type DifferentialCase } from "../cases.ts";
import { differingPaths } from "../normalise.ts";
import { peerVersions, readPapermillRecord, RECORD_FILE, type RecordedResult } from "../papermill-record.ts";
import { ENVIRONMENT, nameOf, PEERS } from "../run-case.ts";
import { runPapermill } from "../run-papermill.ts";
import { startPapermill } from "../start-papermill.ts";

const { values } = parseArgs({ options: { seconds: { type: "string" }, seed: { type: "string" } } });
const deadline = performance.now() + Number(values.seconds ?? 60) * 1000;
const isRecording = process.env["NOTEMILL_RECORD_PAPERMILL"] === "1";
const AT_ONCE = 4;

const papermill = startPapermill(PEERS, ENVIRONMENT);
const record = isRecording ? null : readPapermillRecord();
const results = new Map<string, RecordedResult>();
let findings = 0;
let runs = 0;

if (!isRecording && record === null) {
  console.log(`the record is of other versions than ${peerVersions()}; the suite runs papermill itself`);
} else {
  const until = isRecording ? 0 : deadline;
  do await Promise.all(Array.from({ length: AT_ONCE }, lane(CASES.values())));
  while (performance.now() < until);
}
await papermill.end();
if (isRecording) {
  const inOrder = Object.fromEntries(CASES.map((it) => [nameOf(it), results.get(nameOf(it))]));
  await writeFile(RECORD_FILE, JSON.stringify({ versions: peerVersions(), results: inOrder }, null, 2));
}
console.log(`${runs} runs of papermill, ${findings} findings`);
process.exitCode = findings === 0 ? 0 : 1;

function lane(cases: Iterator<DifferentialCase>): () => Promise<void> {
  return async () => {
    for (let next = cases.next(); next.done !== true; next = cases.next()) await play(next.value);
  };
}

async function play(it: DifferentialCase): Promise<void> {
  // Where papermill may fail by itself, one time as recorded is enough.
  for (let tries = it.retry ?? 0; ; tries -= 1) {
    const { exitCode, notebook = null, printed } = await runPapermill(papermill, it);
    runs += 1;
    results.set(nameOf(it), { exitCode, notebook });
    if (record === null) return;
    const expected = record.results[nameOf(it)];
    const paths = differingPaths({ exitCode, notebook }, expected as never).filter(
      (path) => !(it.varies ?? []).some((place) => path.startsWith(`notebook.${place}`)),
    );
    if (paths.length === 0) return;
    if (tries > 0) continue;
    findings += 1;
    console.log(`✗ ${nameOf(it)}: not as recorded in ${paths.join(", ")}\n${printed}`);
    return;
  }
}
