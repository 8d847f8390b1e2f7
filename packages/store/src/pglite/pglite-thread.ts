import { Worker } from "node:worker_threads";
import type { Row } from "../driver/driver.ts";
import { StoreError } from "../store-error.ts";
import type { WorkerMessage, WorkerRequest, WorkerStart } from "./worker-protocol.ts";

/** A {@link WorkerRequest} without its number. */
type Question = WorkerRequest extends infer Request
  ? Request extends WorkerRequest
    ? Omit<Request, "id">
    : never
  : never;

/** The thread that has PGlite, seen from here. */
export interface PgliteThread {
  /** @throws {@link StoreError} `STORE_QUERY_FAILED`, `STORE_CLOSED`. */
  ask(question: Question): Promise<readonly Row[]>;
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
  const waiting = new Map<number, PromiseWithResolvers<readonly Row[]>>();
  const dumping = new Map<number, PromiseWithResolvers<Uint8Array>>();
  const listeners = new Map<string, Set<(payload: string) => void>>();
  const opened = Promise.withResolvers<void>();
  let isClosed = false;
  let lastId = 0;

  const settle = (message: WorkerMessage): void => {
    switch (message.type) {
      case "ready":
        opened.resolve();
        return;
      case "open-failed":
        opened.reject(cannotOpen(directory, message.message));
        return;
      case "notified":
        for (const callback of listeners.get(message.channel) ?? []) callback(message.payload);
        return;
      case "dumped":
        dumping.get(message.id)?.resolve(message.bytes);
        dumping.delete(message.id);
        return;
      case "done":
      case "failed": {
        if (message.type === "failed") dumping.get(message.id)?.reject(queryFailed(message));
        dumping.delete(message.id);
        const asked = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.type === "done") asked?.resolve(message.rows);
        else asked?.reject(queryFailed(message));
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
      worker.postMessage(requests);
    });
  };
  const ask = (question: Question): Promise<readonly Row[]> => {
    if (isClosed) return Promise.reject(closed());
    const answer = Promise.withResolvers<readonly Row[]>();
    const id = ++lastId;
    waiting.set(id, answer);
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
    ask,
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

function queryFailed(message: Extract<WorkerMessage, { readonly type: "failed" }>): StoreError {
  const { sqlState, detail } = message;
  return new StoreError("STORE_QUERY_FAILED", `the database refused a statement: ${message.message}`, {
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
