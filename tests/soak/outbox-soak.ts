/**
 * Ends runs whose end is to be told, many at once, and kills the servers with
 * `kill -9` again and again; then looks whether every one was told: at least once,
 * and by the same id each time.
 *
 *     node --conditions=@notemill/source tests/soak/outbox-soak.ts --seconds 60 [--seed N]
 *
 * The command has to be built (npm run build). What a server was sending when it was
 * killed is sent by another one two minutes later: at the end that time passes in the database.
 * SOAK_KEEP=1 keeps its directory. It exits with 1 when there was a finding.
 */
import assert from "node:assert/strict";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { PlatformClient } from "../../packages/client/src/index.ts";
import { seededRandom } from "../../packages/kernel/soak/seeded-random.ts";
import { openDatabase } from "../../packages/store/src/index.ts";
import { type Fleet, startFleet } from "../support/fleet.ts";
import { writeNotebook } from "../support/notebooks.ts";
import { POSTGRES_PROGRAMS, startPostgres } from "../support/postgres.ts";
import { type Mailbox, startMailbox } from "./mailbox.ts";

const { values } = parseArgs({ options: { seconds: { type: "string" }, seed: { type: "string" } } });
const seconds = Number(values.seconds ?? 30);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
if (!Number.isFinite(seconds) || !Number.isSafeInteger(seed)) {
  console.error(`--seconds ${values.seconds} --seed ${values.seed}: expected numbers`);
  process.exit(2);
}

/** How many ask at once. */
const WRITERS = 4;

/** Longer than what is left takes, with some refusals. */
const PATIENCE_MS = 120_000;

const random = seededRandom(seed);
const database = POSTGRES_PROGRAMS === null ? "pglite" : random.pick(["pglite", "postgres"] as const);
console.log(`the outbox: ${seconds} s, seed ${seed}, ${database}`);
const directory = await mkdtemp(join(tmpdir(), "nm-outbox-"));
// Postgres runs as another user when the tests are root's.
await chmod(directory, 0o755);
try {
  await using mailbox = await startMailbox(random);
  await using postgres = database === "postgres" ? await startPostgres() : null;
  const dataDirectory = join(directory, "data");
  const databaseUrl = (await postgres?.newDatabase()) ?? `pglite:${join(dataDirectory, "db")}`;
  await using fleet = await startFleet({
    directory,
    dataDirectory,
    servers: postgres === null ? 1 : 2,
    runners: 0,
    slots: 1,
    leaseSeconds: 6,
    allowedWebhooks: [mailbox.host],
    ...(postgres === null ? {} : { databaseUrl }),
  });
  await writeNotebook(join(fleet.homeDirectory, "any.ipynb"), ["1"]);
  const until = performance.now() + seconds * 1000;
  const ended = new Set<string>();
  const [kills] = await Promise.all([
    killServers(fleet, until),
    ...Array.from({ length: WRITERS }, (_, writer) => endRuns(fleet, mailbox, { writer, until, ended })),
  ]);
  await letTimePass(fleet, databaseUrl);
  await assertTold(fleet, mailbox, ended);
  const count = [...mailbox.taken.values()].flat().length;
  console.log(`${ended.size} ends, ${count} messages, ${kills} servers killed\nnothing found`);
  await fleet.close();
} catch (error) {
  console.error(`FOUND, replay: --seed ${seed} --seconds ${seconds}\n `, error);
  process.exitCode = 1;
} finally {
  if (!process.env["SOAK_KEEP"]) await rm(directory, { recursive: true, force: true, maxRetries: 5 });
}

async function killServers({ servers }: Fleet, end: number): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    await pause(random.between(200, 3000));
    if (performance.now() > end) return kills;
    const victim = random.pick(servers);
    await victim.end("SIGKILL");
    await victim.start();
  }
}

/** Cancels runs that nobody takes: each ends in one transaction, without a kernel. */
async function endRuns(
  { servers }: Fleet,
  { host }: Mailbox,
  {
    writer,
    until: end,
    ended: all,
  }: { readonly writer: number; readonly until: number; readonly ended: Set<string> },
): Promise<void> {
  const deliveries = [
    {
      on: ["cancelled" as const],
      to: { kind: "webhook" as const, url: `http://${host}/`, format: "json" as const },
    },
  ];
  for (let number = 0; performance.now() < end; number += 1) {
    const options = { idempotencyKey: `${writer}/${number}` };
    const { id } = await asked(servers, (client) =>
      client.submitRun({ path: "~/any.ipynb", deliveries }, options),
    );
    await asked(servers, (client) => client.cancelRun(id));
    all.add(id);
    await pause(random.between(0, 100));
  }
}

/** Asks until a server that lives has answered. */
async function asked<Answer>(
  servers: Fleet["servers"],
  ask: (client: PlatformClient) => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    try {
      return await ask(random.pick(servers).client);
    } catch (error) {
      const { status = 500 } = error as { status?: number };
      if (status < 500) throw error;
      await pause(50);
    }
  }
}

/** Kills all servers, and starts them when what they were sending is not theirs any more. */
async function letTimePass({ servers }: Fleet, databaseUrl: string): Promise<void> {
  for (const server of servers) await server.end("SIGKILL");
  {
    await using driver = await openDatabase(databaseUrl);
    await driver.query(
      "update outbox set not_before = not_before - interval '2 minutes' where state = 'waiting'",
    );
  }
  for (const server of servers) await server.start();
}

/** @throws where an end was not told, or under several ids. */
async function assertTold({ servers }: Fleet, { taken }: Mailbox, all: ReadonlySet<string>): Promise<void> {
  const { client } = servers[0] ?? assert.fail("there is no server");
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { deliveries } = await client.listDeliveries({ state: "waiting", limit: 200 });
    if (deliveries.length === 0) break;
    if (performance.now() > deadline) assert.fail(`not told: ${JSON.stringify(deliveries)}`);
    await pause(500);
  }
  assert.deepEqual((await client.listDeliveries({ state: "given_up" })).deliveries, [], "given up");
  const lost = [...all].filter((id) => !taken.has(id));
  assert.deepEqual(lost, [], "ends that nobody was told of");
  for (const [id, messages] of taken) assert.equal(new Set(messages).size, 1, `ids of the messages of ${id}`);
}
