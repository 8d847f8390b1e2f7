import { Worker } from "node:worker_threads";
import type { Row, SqlValue } from "../driver/driver.ts";
import { StoreError } from "../store-error.ts";
import { valuesMessage } from "./bind-message.ts";
import { type AnsweredError, type Column, readAnswer } from "./read-answer.ts";
import type { RawAnswer, WorkerMessage, WorkerRequest, WorkerStart } from "./worker-protocol.ts";

/** A {@link WorkerRequest} without its number. */
type Question = WorkerRequest extends infer Request
  ? Request extends WorkerRequest
    ? Omit<Request, "id">
    : never
  : never;

/** Who waits for the answer to a statement. */
interface Asked extends Pick<PromiseWithResolvers<readonly Row[]>, "resolve" | "reject"> {
  readonly sql: string;
}

/** The thread that has PGlite, seen from here. */
export interface PgliteThread {
  /** Runs one statement, or a script of many without values. @throws {@link StoreError} `STORE_QUERY_FAILED`, `STORE_CLOSED`. */
  query(sql: string, values: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Has the database listen to a channel. @throws Likewise. */
  listen(channel: string): Promise<void>;
  /** Gives a function that ends the calls. */
  onNotified(channel: string, callback: (payload: string) => void): () => void;
  /** The directory of the database as a compressed archive. */
  dump(): Promise<Uint8Array>;
  /** Closes the database and waits until the thread has ended. */
  close(): Promise<void>;
}

/** Starts the thread and waits until its database is open. @throws {@link StoreError} `STORE_OPEN_FAILED`. */
export async function startPgliteThread(
  directory: string | null,
  workerFile: URL | string,
): Promise<PgliteThread> {
  const start: WorkerStart = { directory };
  const worker = new Worker(workerFile, { workerData: start, execArgv: [] });
  const ended = Promise.withResolvers<void>();
  const waiting = new Map<number, Asked>();
  const dumping = new Map<number, PromiseWithResolvers<Uint8Array>>();
  const listeners = new Map<string, Set<(payload: string) => void>>();
  const opened = Promise.withResolvers<void>();
  let isClosed = false;
  let lastId = 0;

  /** By the text of a statement, of which they are said once. */
  const columnsOf = new Map<string, readonly Column[]>();

  const notify = (channel: string, payload: string): void => {
    for (const callback of listeners.get(channel) ?? []) callback(payload);
  };
  const answered = ({ sql, resolve, reject }: Asked, { bytes, columns }: RawAnswer): void => {
    // The thread says them again of what it has let go of, so that all it knows is here.
    if (columns !== null) columnsOf.set(sql, columns);
    const answer = readAnswer(Buffer.from(bytes.buffer), columns ?? columnsOf.get(sql) ?? []);
    for (const { channel, payload } of answer.notifications) notify(channel, payload);
    if (answer.error === null) resolve(answer.rows);
    else reject(queryFailed(answer.error));
  };
  const settle = (message: WorkerMessage): void => {
    switch (message.type) {
      case "ready":
        opened.resolve();
        return;
      case "open-failed":
        opened.reject(cannotOpen(directory, message.message));
        return;
      case "notified":
        notify(message.channel, message.payload);
        return;
      case "dumped":
        dumping.get(message.id)?.resolve(message.bytes);
        dumping.delete(message.id);
        return;
      case "answered":
      case "done":
      case "failed": {
        if (message.type === "failed") dumping.get(message.id)?.reject(queryFailed(message));
        dumping.delete(message.id);
        const asked = waiting.get(message.id);
        waiting.delete(message.id);
        if (asked === undefined) return;
        if (message.type === "answered") answered(asked, message);
        else if (message.type === "done") asked.resolve(message.rows);
        else asked.reject(queryFailed(message));
      }
    }
  };
  worker.on("message", (messages: readonly WorkerMessage[]) => {
    for (const message of messages) settle(message);
  });
  worker.on("error", (cause) => opened.reject(cannotOpen(directory, cause.message)));
  worker.once("exit", () => {
    isClosed = true;
    opened.reject(cannotOpen(directory, "its thread has ended"));
    for (const asked of waiting.values()) asked.reject(closed());
    for (const asked of dumping.values()) asked.reject(closed());
    waiting.clear();
    dumping.clear();
    ended.resolve();
  });

  let outgoing: WorkerRequest[] = [];
  /** Posts a request, together with what is asked in the same breath. */
  const post = (request: WorkerRequest): void => {
    outgoing.push(request);
    if (outgoing.length > 1) return;
    queueMicrotask(() => {
      const requests = outgoing;
      outgoing = [];
      const transferred = requests.flatMap((it) => (it.type === "query" ? [it.values.buffer] : []));
      worker.postMessage(requests, transferred);
    });
  };
  const ask = (question: Question): Promise<readonly Row[]> => {
    if (isClosed) return Promise.reject(closed());
    const answer = Promise.withResolvers<readonly Row[]>();
    const id = ++lastId;
    waiting.set(id, { ...answer, sql: question.type === "query" ? question.sql : "" });
    post({ ...question, id });
    return answer.promise;
  };

  try {
    await opened.promise;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    query(sql, values) {
      const isScript = values.length === 0 && sql.includes(";");
      return ask(isScript ? { type: "script", sql } : { type: "query", sql, values: valuesMessage(values) });
    },
    async listen(channel) {
      await ask({ type: "listen", channel });
    },
    dump() {
      if (isClosed) return Promise.reject(closed());
      const answer = Promise.withResolvers<Uint8Array>();
      const id = ++lastId;
      dumping.set(id, answer);
      post({ id, type: "dump" });
      return answer.promise;
    },
    onNotified(channel, callback) {
      const callbacks = listeners.get(channel) ?? new Set();
      listeners.set(channel, callbacks.add(callback));
      return () => void callbacks.delete(callback);
    },
    async close() {
      if (!isClosed) await ask({ type: "close" });
      isClosed = true;
      await ended.promise;
    },
  };
}

function queryFailed({ message, sqlState, detail }: AnsweredError): StoreError {
  return new StoreError("STORE_QUERY_FAILED", `the database refused a statement: ${message}`, {
    details: { sqlState, detail },
  });
}

function cannotOpen(directory: string | null, why: string): StoreError {
  const place = directory === null ? "in memory" : `in "${directory}"`;
  return new StoreError("STORE_OPEN_FAILED", `cannot open the database ${place}: ${why}`, {
    details: { directory },
  });
}

function closed(): StoreError {
  return new StoreError("STORE_CLOSED", "the database is closed");
}
