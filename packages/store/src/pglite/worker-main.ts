// The thread that has PGlite: a scan of a million rows blocks this thread and no other.
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { createPreparedStatements, type PreparedStatements } from "./prepared-statements.ts";
import { SESSION_SETTINGS } from "../driver/session-settings.ts";
import type { WorkerMessage, WorkerRequest, WorkerStart } from "./worker-protocol.ts";

const { directory } = workerData as WorkerStart;

let outgoing: WorkerMessage[] = [];

/** Posts what is to be said; what comes until the thread has nothing else to do goes together. */
function say(message: WorkerMessage): void {
  if (outgoing.length === 0) setImmediate(post);
  outgoing.push(message);
}

function post(): void {
  const transferred = outgoing.flatMap((message) =>
    message.type === "answered" ? [message.bytes.buffer] : [],
  );
  if (outgoing.length > 0) parentPort?.postMessage(outgoing, transferred);
  outgoing = [];
}

const listening = new Set<string>();

async function answer(
  database: PGlite,
  statements: PreparedStatements,
  request: WorkerRequest,
): Promise<WorkerMessage> {
  const { id } = request;
  switch (request.type) {
    case "query":
      return { id, type: "answered", ...(await statements.run(request.sql, request.values)) };
    case "script": {
      const rows = (await database.exec(request.sql)).at(-1)?.rows ?? [];
      return { id, type: "done", rows };
    }
    case "listen":
      if (!listening.has(request.channel)) {
        listening.add(request.channel);
        await database.exec(`listen "${request.channel}"`);
      }
      return { id, type: "done", rows: [] };
    case "dump": {
      const archive = await database.dumpDataDir("gzip");
      return { id, type: "dumped", bytes: new Uint8Array(await archive.arrayBuffer()) };
    }
    case "close":
      await database.close();
      return { id, type: "done", rows: [] };
  }
}

function failed(id: number, error: unknown): WorkerMessage {
  const { code, detail } = error as { code?: unknown; detail?: unknown };
  return {
    id,
    type: "failed",
    message: error instanceof Error ? error.message : String(error),
    sqlState: typeof code === "string" ? code : null,
    detail: typeof detail === "string" ? detail : null,
  };
}

try {
  const database = await PGlite.create(directory ?? "memory://");
  await database.exec(SESSION_SETTINGS);
  // Those that come with a script; the others are in the answers.
  database.onNotification((channel, payload) => say({ type: "notified", channel, payload }));
  const statements = createPreparedStatements(database);
  // One request after the other: there is one connection, and its transactions are the driver's.
  let last: Promise<void> = Promise.resolve();
  const answerAll = async (requests: readonly WorkerRequest[]): Promise<void> => {
    for (const request of requests) {
      say(await answer(database, statements, request).catch((error: unknown) => failed(request.id, error)));
    }
    post();
    if (requests.some(({ type }) => type === "close")) parentPort?.close();
  };
  parentPort?.on("message", (requests: readonly WorkerRequest[]) => {
    last = last.then(() => answerAll(requests));
  });
  say({ type: "ready" });
} catch (error) {
  say({ type: "open-failed", message: error instanceof Error ? error.message : String(error) });
}
