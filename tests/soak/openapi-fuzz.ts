/**
 * Sends the server what Schemathesis makes of its OpenAPI document, and looks for
 * answers that are errors of the server, for as long as it is told.
 *
 *     node --conditions=@notemill/source tests/soak/openapi-fuzz.ts --seconds 60 [--seed N]
 *
 * Schemathesis is in the environment of the peers. It exits with 1 when there was a finding.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startServer } from "../../apps/server/src/index.ts";
import { createClient, createRunnerClient } from "../../packages/client/src/index.ts";
import { writeNotebook } from "../support/notebooks.ts";

const SCHEMATHESIS = join(resolve(process.env["NOTEMILL_PEERS_VENV"] ?? ".venv-peers"), "bin", "st");

const { values } = parseArgs({ options: { seconds: { type: "string" }, seed: { type: "string" } } });
const seconds = Number(values.seconds ?? 60);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isFinite(seconds) || !Number.isSafeInteger(seed)) {
  console.error(`--seconds ${values.seconds} --seed ${values.seed}: expected numbers`);
  process.exit(2);
}

const directory = await mkdtemp(join(tmpdir(), "nm-openapi-"));
const dataDirectory = join(directory, "data");
await mkdir(join(dataDirectory, "home"), { recursive: true });
await writeNotebook(join(dataDirectory, "home", "a.ipynb"), ["x = 1"]);
const errors: unknown[] = [];
const server = await startServer({
  dataDirectory,
  port: 0,
  longestWaitMs: 1000,
  log: {
    info: () => undefined,
    error: (facts, message) => void errors.push([message, facts["err"]]),
  },
});
console.log(`the API: ${seconds} s, seed ${seed}`);
const { runId, attemptId } = await startRun();
// From here on nobody waits for an attempt.
server.drain();

const deadline = performance.now() + seconds * 1000;
let failures = 0;
for (let round = 0; round === 0 || (failures === 0 && performance.now() < deadline); round += 1) {
  // Ids of things that are there, so that more than "no such run" is answered.
  failures += await fuzz(attemptId, "^(appendEvents|putRecordFile|complete)$", seed + round);
  failures += await fuzz(runId, "^(?!appendEvents|putRecordFile|complete)", seed + round);
}
await server.close();
await rm(directory, { recursive: true, force: true });
for (const error of errors) console.error(error);
console.log(failures + errors.length === 0 ? "nothing found" : `replay: --seed ${seed}`);
process.exitCode = failures + errors.length === 0 ? 0 : 1;

async function startRun(): Promise<{ readonly runId: string; readonly attemptId: string }> {
  const client = createClient({ serverUrl: server.url, token: server.token });
  const { id } = await client.submitRun({ path: "~/a.ipynb" });
  const runners = createRunnerClient({ serverUrl: server.url, token: server.runnerToken });
  const runner = { id: crypto.randomUUID(), name: "r", slots: 1, version: "1" };
  const claim = { runner, limit: 1, wait_ms: 0, started_by: null };
  const { attempts } = await runners.claim(claim);
  return { runId: id, attemptId: attempts[0]?.id ?? "" };
}

/** Lets Schemathesis send its requests, each `{id}` in a path being this one. @returns How often it failed. */
async function fuzz(id: string, operations: string, roundSeed: number): Promise<number> {
  const config = join(directory, "schemathesis.toml");
  await writeFile(config, `[parameters]\n"path.id" = "${id}"\n`);
  const flags: readonly (readonly string[])[] = [
    ["--config-file", config, "run", `${server.url}/api/v1/openapi.json`],
    ["--header", `Authorization: Bearer ${server.token}`, "--include-operation-id-regex", operations],
    // A server that drains is not ready: that is its only 5xx on purpose.
    ["--exclude-operation-id", "ready", "--checks", "not_a_server_error"],
    ["--phases", "coverage,fuzzing", "--max-examples", "20", "--seed", `${roundSeed}`],
    // Its own budget, so that what it has found until then still makes it fail.
    ["--max-time", `${Math.max(20, seconds)}`],
    // An example that is hard to make up is no fault of the server.
    ["--suppress-health-check", "filter_too_much"],
    ["--generation-database", "none", "--no-color", "--continue-on-failure"],
  ];
  const child = spawn(SCHEMATHESIS, flags.flat(), { cwd: directory, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said += text));
  const [status] = (await once(child, "close")) as [number | null];
  if (status !== 0) console.error(said);
  return status === 0 ? 0 : 1;
}
